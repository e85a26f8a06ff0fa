/*
 * CommonMark to HTML, as cmark has it: this file only calls the library, which is compiled unchanged from
 * Debian's source (see build.sh; its licence is COPYING beside this file).
 *
 * The text is not trusted: raw HTML, and links to javascript:, vbscript:, file: and data: that are no images,
 * are left out, which is what cmark does unless it is told otherwise. Texts are UTF-8 with a length.
 */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cmark.h"

#define EXPORT(name) __attribute__((export_name(#name))) name

/* Returns where `size` bytes are free, or null where there is no memory left. */
void *EXPORT(allocate)(size_t size)
{
    return malloc(size ? size : 1);
}

/* Takes back what `allocate` or `process` returned. */
void EXPORT(deallocate)(void *start, size_t size)
{
    (void)size;
    free(start);
}

/* Returns the HTML of a text, and writes its length; traps where there is no memory left. */
char *EXPORT(process)(const char *text, size_t length, uint32_t *out_length)
{
    char *html = cmark_markdown_to_html(text, length, CMARK_OPT_DEFAULT);
    /* The library turns a NUL of the text into U+FFFD, so that this finds the end. */
    *out_length = (uint32_t)strlen(html);
    return html;
}
