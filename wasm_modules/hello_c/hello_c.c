/*
 * The hello-world guest in C: appends `-wasm` to its input.
 *
 * Texts are NUL-terminated UTF-8. A host calls `_initialize` once, then `malloc` for the input and its
 * NUL, writes both, calls `process`, reads the result up to its NUL, and gives both texts to `free`.
 * `malloc` and `free` are the C library's own; build.sh has the linker export them.
 */

#include <stdlib.h>
#include <string.h>

/* Returns a new text, or null where the input is null or there is no memory left. */
__attribute__((export_name("process"))) char *process(const char *input)
{
    static const char suffix[] = "-wasm";
    if (!input) {
        return NULL;
    }
    size_t length = strlen(input);
    char *output = malloc(length + sizeof suffix);
    if (output) {
        memcpy(output, input, length);
        memcpy(output + length, suffix, sizeof suffix);
    }
    return output;
}
