/* Work that never ends, in the calling convention `cstring`: for deadlines. */

#include "stack.h"

#define EXPORT(name) __attribute__((export_name(#name)))

#define FILLED (64u << 20)

EXPORT(allocate) void *allocate(size_t size)
{
    return take(size);
}

EXPORT(deallocate) void deallocate(void *start, size_t size)
{
    (void)size;
    give_back(start);
}

/* Nothing but back edges. */
EXPORT(spin) char *spin(char *in)
{
    volatile uint32_t turns = 0;
    while (in) {
        turns++;
    }
    return in;
}

/* One instruction for 64 MiB, again and again. */
EXPORT(fill) char *fill(char *in)
{
    unsigned char *area = take(FILLED);
    unsigned char value = 0;
    while (area) {
        __builtin_memset(area, value++, FILLED);
        /* As if somebody read it, so that no fill is left out. */
        __asm__ volatile("" : : "r"(area) : "memory");
    }
    return in;
}
