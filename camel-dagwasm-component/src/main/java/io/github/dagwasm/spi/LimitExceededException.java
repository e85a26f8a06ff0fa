package io.github.dagwasm.spi;

/** Something asked for more than a limit allows. */
public final class LimitExceededException extends DagWasmException {

    private static final long serialVersionUID = 1L;

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
                "the limit of "
                        + value
                        + " "
                        + limit
                        + " is exceeded: "
                        + asked
                        + " asked for (option "
                        + option
                        + ")",
                limit,
                value,
                asked,
                option);
    }

    private LimitExceededException(
            String message, String limit, long value, long asked, String option) {
        super(message, null);
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
        String message =
                "the limit of " + value + " " + limit + " is exceeded (option " + option + ")";
        return new LimitExceededException(message, limit, value, value + 1, option);
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
