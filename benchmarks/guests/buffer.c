/* The work as dagwasm's calling convention `buffer` has it: UTF-8 with a length. */

#include "stack.h"
#include "work.h"

#define EXPORT(name) __attribute__((export_name(#name)))

EXPORT(allocate) void *allocate(size_t size)
{
    return take(size);
}

EXPORT(deallocate) void deallocate(void *start, size_t size)
{
    (void)size;
    give_back(start);
}

#define FUNCTION(name, does, room)                                                            \
    EXPORT(name) unsigned char *name##_buffer(                                                \
            const unsigned char *in, size_t length, uint32_t *out_length)                     \
    {                                                                                         \
        unsigned char *out = take(room(length));                                              \
        if (out) {                                                                            \
            *out_length = (uint32_t)does(in, length, out);                                    \
        }                                                                                     \
        return out;                                                                           \
    }

FUNCTION(process, append, append_room)
FUNCTION(sha256, sha256_of, sha256_room)
FUNCTION(rle, encode_runs, rle_room)
FUNCTION(words, count_words, words_room)
