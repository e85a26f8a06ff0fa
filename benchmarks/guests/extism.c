/* The work as a plug-in of Extism: input and output are the host's, reached through imports. */

#include "stack.h"
#include "work.h"

#define EXPORT(name) __attribute__((export_name(#name)))
#define IMPORT(name) __attribute__((import_module("extism:host/env"), import_name(#name)))

IMPORT(input_length) uint64_t input_length(void);
IMPORT(input_load_u8) uint32_t input_load_u8(uint64_t offset);
IMPORT(input_load_u64) uint64_t input_load_u64(uint64_t offset);
IMPORT(alloc) uint64_t host_alloc(uint64_t length);
IMPORT(store_u8) void store_u8(uint64_t offset, uint32_t value);
IMPORT(store_u64) void store_u64(uint64_t offset, uint64_t value);
IMPORT(output_set) void output_set(uint64_t offset, uint64_t length);

/* Eight bytes at a time, as Extism's own kits do. */
static void load(unsigned char *to, size_t length)
{
    size_t at = 0;
    for (; length - at >= 8; at += 8) {
        *(uint64_t *)(to + at) = input_load_u64(at);
    }
    for (; at < length; at++) {
        to[at] = (unsigned char)input_load_u8(at);
    }
}

static void answer(const unsigned char *from, size_t length)
{
    uint64_t block = host_alloc(length);
    size_t at = 0;
    for (; length - at >= 8; at += 8) {
        store_u64(block + at, *(const uint64_t *)(from + at));
    }
    for (; at < length; at++) {
        store_u8(block + at, from[at]);
    }
    output_set(block, length);
}

static int32_t call(work *does, size_t room(size_t))
{
    size_t length = (size_t)input_length();
    unsigned char *in = take(length);
    unsigned char *out = in ? take(room(length)) : 0;
    if (!out) {
        return 1;
    }
    load(in, length);
    answer(out, does(in, length, out));
    give_back(in);
    return 0;
}

#define FUNCTION(name, does, room)             \
    EXPORT(name) int32_t name##_extism(void)   \
    {                                          \
        return call(does, room);               \
    }

FUNCTION(process, append, append_room)
FUNCTION(sha256, sha256_of, sha256_room)
FUNCTION(rle, encode_runs, rle_room)
FUNCTION(words, count_words, words_room)
