package io.github.dagwasm.failure;

/** Something asked for more than a limit allows. */
public final class LimitExceededException extends DagWasmException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String limit;
    private final long value;
    private final long asked;
    private final String option;

    /**
     * Creates a failure that says all there is to know about the limit.
     *
     * @param limit the limit's name and unit, as in "input bytes"
     * @param value what the limit is set to
     * @param asked what was asked for; where only "more" is known, one more than the value
     * @param option the option that sets the limit
     */
    public LimitExceededException(String limit, long value, long asked, String option) {
        this(
                "the limit of " + value + " " + limit + " is exceeded: " + asked + " asked for",
                limit,
                value,
                asked,
                option,
                null);
    }

    private LimitExceededException(
            String problem, String limit, long value, long asked, String option, Throwable cause) {
        super(problem + " (option " + option + ")", cause);
        this.problem = problem;
        this.limit = limit;
        this.value = value;
        this.asked = asked;
        this.option = option;
    }

    /**
     * A failure of which is known only that more was asked for than there may be, since nobody
     * looked further.
     *
     * @param limit the limit's name and unit
     * @param value what the limit is set to
     * @param option the option that sets the limit
     * @return the failure; {@link #asked()} is one more than the value
     */
    public static LimitExceededException byMore(String limit, long value, String option) {
        String problem = "the limit of " + value + " " + limit + " is exceeded";
        return new LimitExceededException(problem, limit, value, value + 1, option, null);
    }

    /**
     * The same failure, told of what the user calls the option.
     *
     * @param name what the user calls the option
     * @return the failure, with this one's cause, suppressed exceptions and stack trace
     */
    public LimitExceededException withOption(String name) {
        return name.equals(option) ? this : copy(problem, name);
    }

    /**
     * The same failure, told with its place.
     *
     * @param where what asked for too much, as in {@code pipeline 'orders': the input}
     * @return the failure, with this one's cause, suppressed exceptions and stack trace
     */
    public LimitExceededException at(String where) {
        return copy(where + ": " + problem, option);
    }

    private LimitExceededException copy(String copiedProblem, String copiedOption) {
        LimitExceededException copy =
                new LimitExceededException(
                        copiedProblem, limit, value, asked, copiedOption, getCause());
        copy.setStackTrace(getStackTrace());
        for (Throwable suppressed : getSuppressed()) {
            copy.addSuppressed(suppressed);
        }
        return copy;
    }

    @Override
    public String kind() {
        return "limit";
    }

    /**
     * The limit's name.
     *
     * @return the name, with the unit
     */
    public String limit() {
        return limit;
    }

    /**
     * What the limit is set to.
     *
     * @return the value, in the unit that {@link #limit()} names
     */
    public long value() {
        return value;
    }

    /**
     * What was asked for.
     *
     * @return the amount, or one more than the value where only "more" is known
     */
    public long asked() {
        return asked;
    }

    /**
     * What sets the limit.
     *
     * @return the option's name
     */
    public String option() {
        return option;
    }
}
