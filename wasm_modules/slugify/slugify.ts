/**
 * Turns a title into a slug, the readable part of a web address: `Crème Brûlée: a "Guide"` becomes
 * `creme-brulee-a-guide`.
 *
 * - Latin letters become those of ASCII, in lower case and without diacritics, in the same way for
 *   all languages: `ä` is `a`, `ß` is `ss`, `æ` is `ae`, `ø` is `o`, `ł` is `l`, `þ` is `th`.
 * - Letters and digits of other scripts are kept, in lower case: browsers show them, and a title in
 *   Greek or Chinese still has a slug.
 * - Apostrophes are left out (`don't` is `dont`), and so are accents that are characters of their
 *   own, and what is not seen at all.
 * - All else separates: blanks, punctuation, symbols, emoji. What stands between two words becomes
 *   one hyphen; none is at the ends.
 *
 * A title without letters and digits becomes the empty text.
 */

import { casemap } from "util/casemap";
import { isAlpha } from "util/string";

/**
 * What the letters from U+00C0 to U+017F are in ASCII; `?` where they are several letters, or are
 * no letter.
 */
const LATIN_1_AND_A =
  "aaaaaa?ceeeeiiiidnooooo?ouuuuy??aaaaaa?ceeeeiiiidnooooo?ouuuuy?y" +
  "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkkklllllll" +
  "lllnnnnnnn??oooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/** Those from U+01CD to U+0233; `?` also where ASCII has no such letter. */
const LATIN_B =
  "aaiioouuuuuuuuuu?aaaa????ggkkoooo??j???gg??nnaa??ooaaaaeeeeiiiio" +
  "ooorrrruuuusstt??hh??????aaeeooooooooyy";

/** Those from U+1E00 to U+1EFF. */
const LATIN_ADDITIONAL =
  "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm" +
  "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv" +
  "wwwwwwwwwwxxxxyyzzzzzzhtwyasss?daaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee" +
  "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy??vvyy";

/** Writes a slug, or counts its UTF-16 units only, where there is no place to write to. */
class Slug {
  length: i32 = 0;
  private pending: bool = false;

  constructor(private start: usize) {}

  /** The words before and after this are two. */
  separate(): void {
    this.pending = this.length > 0;
  }

  /** Appends a character of a word. */
  add(codePoint: i32): void {
    if (this.pending) {
      this.pending = false;
      this.put(0x2d);
    }
    if (codePoint < 0x10000) {
      this.put(<u16>codePoint);
    } else {
      this.put(<u16>(0xd7c0 + (codePoint >> 10)));
      this.put(<u16>(0xdc00 | (codePoint & 0x3ff)));
    }
  }

  addAll(ascii: string): void {
    for (let i = 0; i < ascii.length; i++) {
      this.add(ascii.charCodeAt(i));
    }
  }

  private put(unit: u16): void {
    if (this.start != 0) {
      store<u16>(this.start + (<usize>this.length << 1), unit);
    }
    this.length++;
  }
}

/**
 * Returns the slug of a title. Its length is found first, so that a long title takes no more memory
 * than itself and its slug.
 */
export function process(title: string): string {
  const counted = new Slug(0);
  write(title, counted);
  const result = changetype<string>(__new(<usize>counted.length << 1, idof<String>()));
  write(title, new Slug(changetype<usize>(result)));
  return result;
}

function write(title: string, slug: Slug): void {
  for (let i = 0; i < title.length; i++) {
    const codePoint = title.codePointAt(i);
    if (codePoint >= 0x10000) {
      i++;
    }
    writeCharacter(codePoint, slug);
  }
}

function writeCharacter(character: i32, slug: Slug): void {
  // The letters of full width that East Asian texts have are ASCII's else.
  const c = character >= 0xff01 && character <= 0xff5e ? character - 0xfee0 : character;
  if (c < 0x80) {
    writeAscii(c, slug);
  } else if (isLeftOut(c)) {
    return;
  } else if (!writeLatin(c, slug)) {
    if (isAlpha(c) || isMark(c)) {
      slug.add(casemap(c, 0));
    } else {
      slug.separate();
    }
  }
}

function writeAscii(c: i32, slug: Slug): void {
  const lower = c | 0x20;
  if (lower >= 0x61 && lower <= 0x7a) {
    slug.add(lower);
  } else if (c >= 0x30 && c <= 0x39) {
    slug.add(c);
  } else if (c != 0x27) {
    slug.separate();
  }
}

/** Writes a Latin letter that is not ASCII's as one or more that are; false where it is none. */
function writeLatin(c: i32, slug: Slug): bool {
  const several = severalLetters(c);
  if (several.length > 0) {
    slug.addAll(several);
    return true;
  }
  let letter = 0x3f;
  if (c >= 0xc0 && c <= 0x17f) {
    letter = LATIN_1_AND_A.charCodeAt(c - 0xc0);
  } else if (c >= 0x1cd && c <= 0x233) {
    letter = LATIN_B.charCodeAt(c - 0x1cd);
  } else if (c >= 0x1e00 && c <= 0x1eff) {
    letter = LATIN_ADDITIONAL.charCodeAt(c - 0x1e00);
  }
  if (letter == 0x3f) {
    return false;
  }
  slug.add(letter);
  return true;
}

/** Ligatures, and letters outside of the tables. */
function severalLetters(c: i32): string {
  switch (c) {
    case 0xc6: case 0xe6: case 0x1e2: case 0x1e3: case 0x1fc: case 0x1fd: return "ae";
    case 0xde: case 0xfe: return "th";
    case 0xdf: case 0x1e9e: return "ss";
    case 0x132: case 0x133: return "ij";
    case 0x14a: case 0x14b: return "ng";
    case 0x152: case 0x153: return "oe";
    case 0x1a0: case 0x1a1: return "o";
    case 0x1af: case 0x1b0: return "u";
    case 0x1c4: case 0x1c5: case 0x1c6: case 0x1f1: case 0x1f2: case 0x1f3: return "dz";
    case 0x1c7: case 0x1c8: case 0x1c9: return "lj";
    case 0x1ca: case 0x1cb: case 0x1cc: return "nj";
    case 0xfb00: return "ff";
    case 0xfb01: return "fi";
    case 0xfb02: return "fl";
    default: return "";
  }
}

/** Apostrophes, accents, the soft hyphen, joiners, marks of direction, variation selectors. */
function isLeftOut(c: i32): bool {
  return (
    c == 0x2019 || c == 0x2bc ||
    (c >= 0x300 && c <= 0x36f) ||
    c == 0xad ||
    (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) ||
    (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff
  );
}

/** Marks inside of words that are no letters: those without a vowel in India's scripts, tones. */
function isMark(c: i32): bool {
  if (c >= 0x900 && c <= 0xd7f) {
    return (c & 0x7f) == 0x4d || (c & 0x7f) == 0x3c;
  }
  return (
    c == 0xdca ||
    (c >= 0xe47 && c <= 0xe4e) || (c >= 0xec8 && c <= 0xece) ||
    c == 0xf84 ||
    (c >= 0x1037 && c <= 0x103a) ||
    (c >= 0x17c9 && c <= 0x17d3) ||
    c == 0x3099 || c == 0x309a
  );
}
