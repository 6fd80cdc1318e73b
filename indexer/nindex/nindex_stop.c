/* What happens when somebody types ^C, or the machine is shut down. */
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "corpus/base/count.h"
#include "indexer/nindex/nindex.h"

#define WRITING                                                            \
    "nindex: stopping; what has been read is being written (again: leave " \
    "it)\n"
#define LEFT                                                               \
    "nindex: stopped; what was not yet written is read again by the next " \
    "run\n"

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

/* Written by one thread before a signal can come, read by the handler. */
static const char *volatile last_words;
static volatile sig_atomic_t asked;

static void
put(const char *text)
{
    static const char clear[] = "\r\033[K";

    /* If even that cannot be written, there is nobody to tell. */
    if (isatty(STDERR_FILENO) &&
        write(STDERR_FILENO, clear, sizeof(clear) - 1) < 0)
        return;
    if (write(STDERR_FILENO, text, strlen(text)) < 0)
        return;
}

static void
note_signal(int number)
{
    if (last_words) {
        put(last_words);
        _exit(EXIT_STOPPED + number);
    }
    asked = number;
    last_words = LEFT;
    put(WRITING);
}

/* A signal that is ignored, as by nohup, stays so. */
static void
handle(void)
{
    struct sigaction action = {.sa_handler = note_signal,
                               .sa_flags = SA_RESTART};
    struct sigaction old;

    for (size_t i = 0; i < COUNT(signals); i++)
        if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
}

void
stopping_start(void)
{
    handle();
}

int
stopping_asked(void)
{
    return asked;
}

void
stopping_say(const char *text)
{
    last_words = text;
    handle();
}
