/* A disk that takes its time: every sync takes SLOW_DISK_MS milliseconds longer. For LD_PRELOAD; see slow_disk.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_for_the_disk(void) {
    const char *said = getenv("SLOW_DISK_MS");
    long ms = said ? atol(said) : 5;
    struct timespec left = {ms / 1000, (ms % 1000) * 1000000L};
    nanosleep(&left, NULL);
}

int fsync(int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    wait_for_the_disk();
    return real(file);
}

int fdatasync(int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    wait_for_the_disk();
    return real(file);
}
