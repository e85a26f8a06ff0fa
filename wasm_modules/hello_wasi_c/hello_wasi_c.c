/*
 * The hello-world guest as a WASI command in C: copies its standard input to its standard output, and
 * appends `-wasm`. It holds one block of the text at a time, so the text may be longer than its memory.
 */

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Returns the exit code of a command that failed, after a line that says at what. */
static int failed(const char *what)
{
    const char *parts[] = {"hello_wasi_c: ", what, ": ", strerror(errno), "\n"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (write(STDERR_FILENO, parts[i], strlen(parts[i])) < 0) {
            break; /* There is nowhere left to say so. */
        }
    }
    return 1;
}

/* Writes all of a block, though a single write may take a part of it only. */
static int put(const char *from, size_t length)
{
    while (length > 0) {
        ssize_t written = write(STDOUT_FILENO, from, length);
        if (written < 0) {
            return -1;
        }
        from += written;
        length -= (size_t)written;
    }
    return 0;
}

int main(void)
{
    static const char suffix[] = "-wasm";
    static char block[65536];
    ssize_t length;
    while ((length = read(STDIN_FILENO, block, sizeof block)) > 0) {
        if (put(block, (size_t)length) < 0) {
            return failed("writing to stdout");
        }
    }
    if (length < 0) {
        return failed("reading from stdin");
    }
    return put(suffix, sizeof suffix - 1) < 0 ? failed("writing to stdout") : 0;
}
