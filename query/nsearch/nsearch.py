"""nsearch - a news archive in Python.

    import nsearch

    archive = nsearch.Archive("/var/lib/nsearch")
    for hit in archive.search("opec quota", limit=50):
        print(hit.published, hit.headline)

    archive.search("opec", limit=1000).to_dataframe()      # with pandas
    archive.count("opec AND NOT quota")
    archive.article(hit.key).body

It calls the program nsearch(1) and reads its JSON, whose version it asks for,
so it has no compiled parts, works with every Python from 3.9 on, and answers
what the program answers.  The query language is that of nsearch-query(7).
Starting the program takes a few milliseconds.  A C library instead would bind
the module to one build of the archive's format; the JSON is a promise.
"""

from __future__ import annotations

import datetime
import json
import os
import subprocess
from dataclasses import dataclass, field, fields
from typing import (TYPE_CHECKING, Any, Dict, Iterator, List, Mapping,
                    Optional, Sequence, Tuple, Union)

if TYPE_CHECKING:
    import pandas

__all__ = ["Archive", "Article", "Caption", "Error", "Hit", "Passage",
           "Result", "Value"]

FORMAT_VERSION = 1

# nsearch(1), EXIT STATUS.
_FOUND, _NOTHING, _TIME_WAS_UP = 0, 1, 3


class Error(Exception):
    """What the program said, and its exit status."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.status = status


def _spans(text: str, matches: Sequence[Mapping[str, int]]
           ) -> List[Tuple[int, int]]:
    """Of characters, from the program's, which are of bytes."""
    data = text.encode()
    return [(len(data[:m["start"]].decode(errors="ignore")),
             len(data[:m["end"]].decode(errors="ignore"))) for m in matches]


@dataclass(frozen=True)
class Passage:
    """A piece of a text, and where the words stand in it."""

    text: str
    matches: List[Tuple[int, int]] = field(default_factory=list)
    cut_before: bool = False
    cut_after: bool = False

    @classmethod
    def _of(cls, value: Mapping[str, Any]) -> Passage:
        return cls(value["text"], _spans(value["text"], value["matches"]),
                   value["cut_before"], value["cut_after"])

    def marked(self, before: str = "[", after: str = "]") -> str:
        """The text with its words between these."""
        parts, at = [], 0
        for start, end in self.matches:
            parts += [self.text[at:start], before, self.text[start:end], after]
            at = end
        return "".join(parts) + self.text[at:]

    def __str__(self) -> str:
        return (("… " if self.cut_before else "") + self.text +
                (" …" if self.cut_after else ""))


@dataclass(frozen=True)
class Hit:
    """An article that was found; the names are those of nsearch(1)."""

    rank: int
    key: str
    headline: str
    headline_matches: List[Tuple[int, int]]
    published: Optional[str]  #: ISO 8601, no finer than it is known
    published_from: str
    seen: Optional[str]
    source: str
    section: str
    byline: str
    authors: List[str]
    dateline: str
    url: str
    language: str
    path: str
    offset: int
    words: int
    score: float
    snippet: Passage
    language_from: str = ""

    @property
    def date(self) -> Optional[datetime.date]:
        """The day, or the first of the month or year that is known."""
        if not self.published:
            return None
        parts = [int(part) for part in self.published[:10].split("-")]
        return datetime.date(*(parts + [1, 1])[:3])


@dataclass(frozen=True)
class Caption:
    text: str
    credit: str = ""


@dataclass(frozen=True)
class Article(Hit):
    """A hit with all that it says."""

    body: str = ""
    captions: List[Caption] = field(default_factory=list)

    @property
    def paragraphs(self) -> List[str]:
        return self.body.split("\n")


@dataclass(frozen=True)
class Value:
    """One value of a facet; `count` is an estimate if it is `about` that."""

    name: str
    count: int
    about: bool = False
    held: Optional[int] = None  #: of a year or month: what the archive has


def _known(cls: type, value: Mapping[str, Any]) -> Dict[str, Any]:
    """What this module knows of; a later program may say more."""
    names = {f.name for f in fields(cls)}
    return {name: item for name, item in value.items() if name in names}


def _hit_values(cls: type, value: Mapping[str, Any]) -> Dict[str, Any]:
    known = _known(cls, value)
    known["headline_matches"] = _spans(value["headline"],
                                       value["headline_matches"])
    known["snippet"] = Passage._of(value["snippet"])
    return known


class Result(Sequence[Hit]):
    """The hits, best first, and what else there is to say."""

    def __init__(self, answer: Mapping[str, Any]) -> None:
        self.hits = [Hit(**_hit_values(Hit, hit)) for hit in answer["hits"]]
        self.query: str = answer["query"]
        self.canonical: str = answer["canonical"]
        self.articles: int = answer["articles"]
        self.total: int = answer["total"]
        self.offset: int = answer["offset"]
        #: False if the time was up.
        self.complete: bool = answer["complete"]
        #: False if some of the words were enough.
        self.all_words: bool = answer["all_words"]
        self.notes: List[str] = answer["notes"]
        #: Other queries, for words that may be misspelt.
        self.suggestions: List[str] = [s["query"]
                                       for s in answer["suggestions"]]
        self.facets: Dict[str, List[Value]] = {
            name: [Value(**_known(Value, value)) for value in values]
            for name, values in answer["facets"].items()}
        self.without_value: Dict[str, int] = answer["without_value"]

    def __len__(self) -> int:
        return len(self.hits)

    def __getitem__(self, index):  # type: ignore[no-untyped-def,override]
        return self.hits[index]

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __repr__(self) -> str:
        return (f"<nsearch.Result {self.query!r}: {len(self)} of "
                f"{self.total} hits>")

    def to_dataframe(self) -> pandas.DataFrame:
        """A row a hit, the snippet as text, `date` for the time axis."""
        import pandas

        names = [f.name for f in fields(Hit)
                 if f.name not in ("headline_matches", "snippet")]
        frame = pandas.DataFrame(
            [{name: getattr(hit, name) for name in names} for hit in self],
            columns=names)
        frame["snippet"] = [hit.snippet.text for hit in self]
        frame["date"] = pandas.to_datetime(
            pandas.Series([hit.date for hit in self], dtype="object"))
        return frame


class Archive:
    """An archive made by nindex(1); without a folder, the one that the
    programs would take."""

    def __init__(self, folder: Union[str, os.PathLike[str], None] = None, *,
                 program: str = "nsearch", writer: str = "nindex") -> None:
        self.folder = os.fspath(folder) if folder is not None else None
        self.program = program
        self.writer = writer

    def __repr__(self) -> str:
        return f"nsearch.Archive({self.folder!r})"

    def _command(self, program: str) -> List[str]:
        return [program] + (["-d", self.folder] if self.folder else [])

    def _ask(self, options: Sequence[str], query: str) -> Dict[str, Any]:
        command = self._command(self.program) + [
            "--json", "--format-version", str(FORMAT_VERSION), *options,
            "-e", query]
        done = subprocess.run(command, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              check=False)
        if done.returncode not in (_FOUND, _NOTHING, _TIME_WAS_UP) or \
                not done.stdout:
            raise Error(done.stderr.decode(errors="replace").strip(),
                        done.returncode)
        answer: Dict[str, Any] = json.loads(done.stdout)
        return answer

    def search(self, query: str, *, limit: int = 10, offset: int = 0,
               sort: str = "rank", facets: Sequence[str] = (),
               facet_limit: int = 0,
               only: Optional[Mapping[str, str]] = None,
               snippet: Optional[int] = None,
               time_limit: Optional[int] = None) -> Result:
        """The best articles for a query.

        `facets` are counted: "source", "section", "byline", "year" ...;
        `only` narrows to whole values of them; `snippet` is in bytes and
        `time_limit` in milliseconds.
        """
        options = ["-n", str(limit), "--offset", str(offset), "--sort", sort]
        for name in facets:
            options += ["--facet", name]
        if facets:
            options += ["--facet-limit", str(facet_limit)]
        for name, value in (only or {}).items():
            options += ["--only", f"{name}={value}"]
        if snippet is not None:
            options += ["--snippet", str(snippet)]
        if time_limit is not None:
            options += ["--time-limit", str(time_limit)]
        return Result(self._ask(options, query))

    def count(self, query: str) -> int:
        """How many articles match."""
        total: int = self._ask(["-c"], query)["total"]
        return total

    def article(self, key: str, query: str = "") -> Article:
        """The article of this key, as a hit has it; KeyError if none has."""
        try:
            answer = self._ask(["--show", key], query)
        except Error as error:
            if error.status in (1, 2) and "no article" in str(error):
                raise KeyError(key) from error
            raise
        if not answer["hits"]:
            raise KeyError(key)
        value = answer["hits"][0]
        known = _hit_values(Article, value)
        known["captions"] = [Caption(**_known(Caption, caption))
                             for caption in value["captions"]]
        return Article(**known)

    def dump(self) -> Iterator[Dict[str, Any]]:
        """Every article, in no order, with all members, as nindex dump has
        them."""
        with subprocess.Popen(self._command(self.writer) + ["dump"],
                              stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as running:
            assert running.stdout and running.stderr
            for line in running.stdout:
                yield json.loads(line)
            said = running.stderr.read().decode(errors="replace").strip()
            status = running.wait()
        if status:
            raise Error(said, status)
