package io.github.dagwasm.text;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the word that was probably meant. Nearness is the Damerau-Levenshtein distance in its
 * restricted form: how many characters must be inserted, deleted, replaced, or exchanged with their
 * neighbour, none of them twice (F. J. Damerau, A technique for computer detection and correction
 * of spelling errors, CACM 7(3), 1964). Case does not count. A word may differ by a third of its
 * length, by three at most. After 100,000 comparisons there are no more suggestions. For one
 * thread.
 */
public final class Suggestions {

    private static final int MAX_DISTANCE = 3;
    private static final int MAX_LENGTH = 64;
    private static final int SHORTEST_PART = 3;

    /** A hostile file may ask for a suggestion at every word: after these it gets none. */
    private int comparisonsLeft = 100_000;

    /**
     * The nearest word of those known.
     *
     * @param word the word that is not known
     * @param known those that are
     * @return the nearest; of equals, the first; empty where none comes near
     */
    public Optional<String> nearest(String word, Collection<String> known) {
        comparisonsLeft -= known.size();
        if (comparisonsLeft < 0 || word.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String wanted = word.toLowerCase(Locale.ROOT);
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int allowed = allowed(wanted, candidate);
            int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT), allowed);
            if (distance <= allowed && distance < least) {
                best = candidate;
                least = distance;
            }
        }
        return Optional.ofNullable(best).or(() -> onlyOneWithPart(wanted, known));
    }

    private static int allowed(String word, String candidate) {
        int longest = Math.max(word.length(), candidate.length());
        int third = Math.max(1, Math.min(MAX_DISTANCE, longest / 3));
        // A word none of whose characters is right is another word.
        return Math.min(third, longest - 1);
    }

    /** People remember the part that tells names apart: upper of change_text_case_upper. */
    private static Optional<String> onlyOneWithPart(String word, Collection<String> known) {
        if (word.length() < SHORTEST_PART) {
            return Optional.empty();
        }
        List<String> found =
                known.stream()
                        .filter(k -> k.startsWith(word + "_") || k.endsWith("_" + word))
                        .limit(2)
                        .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** The distance, or some number above {@code most} as soon as it must be greater. */
    static int distance(String a, String b, int most) {
        if (Math.abs(a.length() - b.length()) > most) {
            return most + 1;
        }
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int replaced = last[j - 1] + (same ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] oldest = beforeLast;
            beforeLast = last;
            last = row;
            row = oldest;
        }
        return last[b.length()];
    }
}
