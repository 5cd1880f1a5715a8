/* A clock that is off: for LD_PRELOAD. With -Dclock.off=SECONDS among a process's arguments it is told that it is so much later. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const char OPTION[] = "-Dclock.off=";
static long off;

__attribute__((constructor)) static void read_arguments(void) {
    static char arguments[1 << 17];
    FILE *file = fopen("/proc/self/cmdline", "r");
    if (file == NULL) {
        return;
    }
    size_t length = fread(arguments, 1, sizeof arguments - 1, file);
    fclose(file);
    for (char *each = arguments; each < arguments + length; each += strlen(each) + 1) {
        if (strncmp(each, OPTION, sizeof OPTION - 1) == 0) {
            off = atol(each + sizeof OPTION - 1);
        }
    }
}

/* What counts up from a process's or a machine's start is left alone: only the time of day is off. */
int clock_gettime(clockid_t clock, struct timespec *now) {
    int failed = (int) syscall(SYS_clock_gettime, clock, now);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        now->tv_sec += off;
    }
    return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    int failed = (int) syscall(SYS_gettimeofday, now, zone);
    if (!failed) {
        now->tv_sec += off;
    }
    return failed;
}

time_t time(time_t *now) {
    struct timespec then;
    clock_gettime(CLOCK_REALTIME, &then);
    if (now != NULL) {
        *now = then.tv_sec;
    }
    return then.tv_sec;
}
