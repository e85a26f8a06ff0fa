/*
 * The work, the same in every calling convention. Each takes `length` bytes and writes the answer
 * to `out`, where there is room for as much as its `..._room` says; it returns the answer's length.
 */

#include <stddef.h>
#include <stdint.h>

typedef size_t work(const unsigned char *in, size_t length, unsigned char *out);

static size_t decimal(uint32_t number, unsigned char *out)
{
    unsigned char digits[10];
    size_t count = 0;
    do {
        digits[count++] = (unsigned char)('0' + number % 10);
        number /= 10;
    } while (number);
    for (size_t i = 0; i < count; i++) {
        out[i] = digits[count - 1 - i];
    }
    return count;
}

/* Eight bytes at a time, as a C library's memcpy does. */
static void copy(unsigned char *to, const unsigned char *from, size_t length)
{
    typedef uint64_t __attribute__((may_alias, aligned(1))) word;
    size_t at = 0;
    for (; length - at >= sizeof(word); at += sizeof(word)) {
        *(word *)(to + at) = *(const word *)(from + at);
    }
    for (; at < length; at++) {
        to[at] = from[at];
    }
}

/* The text and `-wasm`. */

static size_t append_room(size_t length)
{
    return length + 5;
}

static size_t append(const unsigned char *in, size_t length, unsigned char *out)
{
    static const unsigned char suffix[] = {'-', 'w', 'a', 's', 'm'};
    copy(out, in, length);
    copy(out + length, suffix, sizeof suffix);
    return length + sizeof suffix;
}

/* How many words, separated by blanks and line ends. */

static size_t words_room(size_t length)
{
    (void)length;
    return 10;
}

static size_t count_words(const unsigned char *in, size_t length, unsigned char *out)
{
    uint32_t count = 0;
    int inside = 0;
    for (size_t i = 0; i < length; i++) {
        int blank = in[i] == ' ' || in[i] == '\n';
        count += !blank && !inside;
        inside = !blank;
    }
    return decimal(count, out);
}

/* Each run of equal bytes as the byte and how many there are: `aab` is `a2b1`. For ASCII. */

static size_t rle_room(size_t length)
{
    return 2 * length;
}

static size_t encode_runs(const unsigned char *in, size_t length, unsigned char *out)
{
    size_t written = 0;
    size_t i = 0;
    while (i < length) {
        size_t start = i;
        while (i < length && in[i] == in[start]) {
            i++;
        }
        out[written++] = in[start];
        written += decimal((uint32_t)(i - start), out + written);
    }
    return written;
}

/* SHA-256 (FIPS 180-4) in hexadecimal. */

static size_t sha256_room(size_t length)
{
    (void)length;
    return 64;
}

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotated(uint32_t x, int n)
{
    return x >> n | x << (32 - n);
}

static void sha256_block(uint32_t h[8], const unsigned char *block)
{
    uint32_t w[64];
    for (int i = 0; i < 16; i++) {
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16
                | (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    }
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = rotated(w[i - 15], 7) ^ rotated(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t s1 = rotated(w[i - 2], 17) ^ rotated(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], j = h[7];
    for (int i = 0; i < 64; i++) {
        uint32_t s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
        uint32_t t1 = j + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i];
        uint32_t s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
        uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
        j = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + t2;
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
    h[4] += e;
    h[5] += f;
    h[6] += g;
    h[7] += j;
}

static size_t sha256_of(const unsigned char *in, size_t length, unsigned char *out)
{
    static const char hex[] = "0123456789abcdef";
    uint32_t h[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                     0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    size_t done = 0;
    for (; length - done >= 64; done += 64) {
        sha256_block(h, in + done);
    }
    unsigned char last[128];
    size_t rest = length - done;
    size_t padded = rest < 56 ? 64 : 128;
    for (size_t i = 0; i < padded; i++) {
        last[i] = i < rest ? in[done + i] : i == rest ? 0x80 : 0;
    }
    uint64_t bits = (uint64_t)length * 8;
    for (size_t i = 0; i < 8; i++) {
        last[padded - 1 - i] = (unsigned char)(bits >> 8 * i);
    }
    for (size_t at = 0; at < padded; at += 64) {
        sha256_block(h, last + at);
    }
    for (int i = 0; i < 64; i++) {
        out[i] = (unsigned char)hex[h[i / 8] >> (28 - 4 * (i % 8)) & 15];
    }
    return 64;
}
