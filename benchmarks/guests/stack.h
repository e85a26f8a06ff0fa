/* Memory as a stack: who gives something back gives back all that was taken later. */

#include <stddef.h>
#include <stdint.h>

#define PAGE 65536u
#define ALIGNMENT 8u

extern unsigned char __heap_base;

static uintptr_t top;

static void *take(size_t size)
{
    uintptr_t start = top ? top : (uintptr_t)&__heap_base;
    start = (start + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1);
    uintptr_t end = start + size;
    uintptr_t have = __builtin_wasm_memory_size(0) * PAGE;
    if (end < start) {
        return 0;
    }
    if (end > have
            && __builtin_wasm_memory_grow(0, (end - have + PAGE - 1) / PAGE) == (size_t)-1) {
        return 0;
    }
    top = end;
    return (void *)start;
}

static void give_back(void *start)
{
    if ((uintptr_t)start < top) {
        top = (uintptr_t)start;
    }
}
