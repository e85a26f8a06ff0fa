/* The work as dagwasm's calling convention `cstring` has it: NUL-terminated UTF-8. */

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

static size_t length_of(const unsigned char *text)
{
    size_t length = 0;
    while (text[length]) {
        length++;
    }
    return length;
}

#define FUNCTION(name, does, room)                                   \
    EXPORT(name) unsigned char *name##_cstring(const unsigned char *in) \
    {                                                                \
        size_t length = length_of(in);                               \
        unsigned char *out = take(room(length) + 1);                 \
        if (out) {                                                   \
            out[does(in, length, out)] = 0;                          \
        }                                                            \
        return out;                                                  \
    }

FUNCTION(process, append, append_room)
FUNCTION(sha256, sha256_of, sha256_room)
FUNCTION(rle, encode_runs, rle_room)
FUNCTION(words, count_words, words_room)
