package io.github.dagwasm.wasm.engine.chicory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path that Rust has put into a symbol, in its older form: {@code _ZN}, each part behind its
 * length, a hash, {@code E}. Linkers leave it so in modules. Stateless.
 */
final class RustName {

    private static final String BEGIN = "_ZN";
    private static final String END = "E";
    private static final Pattern HASH = Pattern.compile("h[0-9a-f]{16}");

    /** A demangled name ends with it, too. */
    private static final Pattern HASH_BEHIND = Pattern.compile("::h[0-9a-f]{16}$");

    /** LLVM puts it behind a symbol that it has made visible to another unit. */
    private static final Pattern PROMOTED = Pattern.compile("\\.llvm\\.\\d+$");

    /** A hostile name may be as long as its section. */
    private static final int MOST_CHARACTERS = 2000;

    private static final Pattern ESCAPE = Pattern.compile("\\$(\\w{1,6})\\$|\\.\\.");
    private static final Map<String, String> SIGNS =
            Map.of(
                    "SP", "@", "BP", "*", "RF", "&", "LT", "<", "GT", ">", "LP", "(", "RP", ")",
                    "C", ",");

    private RustName() {}

    /** The path, without its hash; the symbol itself where it is none of Rust's. */
    static String of(String symbol) {
        if (symbol.length() > MOST_CHARACTERS) {
            return symbol;
        }
        List<String> parts = parts(PROMOTED.matcher(symbol).replaceFirst(""));
        int last = parts.size() - 1;
        return last > 0 && HASH.matcher(parts.get(last)).matches()
                ? String.join("::", parts.subList(0, last))
                : HASH_BEHIND.matcher(symbol).replaceFirst("");
    }

    /** The parts; none where something stands otherwise. */
    private static List<String> parts(String symbol) {
        List<String> parts = new ArrayList<>();
        if (!symbol.startsWith(BEGIN) || !symbol.endsWith(END)) {
            return parts;
        }
        int at = BEGIN.length();
        int end = symbol.length() - END.length();
        while (at < end) {
            int length = 0;
            int digits = at;
            while (at < end && isDigit(symbol.charAt(at)) && length < MOST_CHARACTERS) {
                length = 10 * length + symbol.charAt(at++) - '0';
            }
            if (at == digits || length == 0 || length > end - at) {
                return List.of();
            }
            parts.add(unescaped(symbol.substring(at, at + length)));
            at += length;
        }
        return parts;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String unescaped(String part) {
        // An underscore begins a part that would otherwise begin with a sign.
        String escaped = part.startsWith("_$") ? part.substring(1) : part;
        return ESCAPE.matcher(escaped).replaceAll(RustName::sign);
    }

    private static String sign(MatchResult escape) {
        String name = escape.group(1);
        if (name == null) {
            return "::";
        }
        String sign = SIGNS.get(name);
        return Matcher.quoteReplacement(sign != null ? sign : character(name, escape.group()));
    }

    /** As in {@code u7b}. */
    private static String character(String name, String otherwise) {
        if (!name.matches("u[0-9a-f]{1,4}")) {
            return otherwise;
        }
        return String.valueOf((char) Integer.parseInt(name.substring(1), 16));
    }
}
