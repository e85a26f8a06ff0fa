/* Does what its input says: waits in one of the ways of C, or fails. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static long long now(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void look_until(clockid_t clock, long long nanos)
{
    long long start = now(clock);
    while (now(clock) - start < nanos) {
    }
}

int main(void)
{
    char mood[64] = "";
    size_t length = fread(mood, 1, sizeof mood - 1, stdin);
    assert(length > 0);
    if (strcmp(mood, "look") == 0) {
        look_until(CLOCK_MONOTONIC, 10000000);
    } else if (strcmp(mood, "look at the time of day") == 0) {
        look_until(CLOCK_REALTIME, 10000000);
    } else if (strcmp(mood, "usleep") == 0) {
        long long start = now(CLOCK_MONOTONIC);
        usleep(10000);
        assert(now(CLOCK_MONOTONIC) - start >= 10000000);
    } else {
        assert(strcmp(mood, "abort") == 0);
        abort();
    }
    printf("%s: 10 ms are over", mood);
    return 0;
}
