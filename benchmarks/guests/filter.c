/* The work W1 and W3 as a WASI command on the C library: stdin to stdout, and `-wasm` behind it. */

#include <stdlib.h>
#include <unistd.h>

#include "work.h"

#define FIRST_ROOM 65536u

/* Reads to the end. The text is in `*text`; returns its length, or -1. */
static ssize_t read_all(unsigned char **text)
{
    size_t room = FIRST_ROOM;
    size_t length = 0;
    *text = malloc(room);
    while (*text) {
        ssize_t got = read(STDIN_FILENO, *text + length, room - length);
        if (got <= 0) {
            return got < 0 ? -1 : (ssize_t)length;
        }
        length += (size_t)got;
        if (length == room) {
            room *= 2;
            *text = realloc(*text, room);
        }
    }
    return -1;
}

int main(void)
{
    unsigned char *in;
    ssize_t length = read_all(&in);
    unsigned char *out = length < 0 ? NULL : malloc(append_room((size_t)length));
    if (!out) {
        return 1;
    }
    size_t left = append(in, (size_t)length, out);
    while (left > 0) {
        ssize_t written = write(STDOUT_FILENO, out, left);
        if (written < 0) {
            return 1;
        }
        out += written;
        left -= (size_t)written;
    }
    return 0;
}
