package io.github.dagwasm.wasm.engine.chicory;

/**
 * Operators on numbers that the JVM or Chicory gets wrong, or whose NaNs have bits of chance. Never
 * used itself: a copy of it stands beside the classes that are generated from a module, and nothing
 * but the JDK may be named here. The methods have the names of Chicory's operators, and are small,
 * so that the JVM puts them into the code that calls them.
 *
 * <p>Unsigned numbers are not compared by {@link Integer#compareUnsigned}: in huge methods C2 of
 * JDK 17 compiles that wrongly (JDK-8376400).
 *
 * <p>What computes a NaN gives the canonical one, always: the bits of a NaN that the JVM computes
 * depend on its compiler. What moves a number keeps all of its bits.
 */
@SuppressWarnings({"unused", "checkstyle:MethodName"})
final class GuestNumbers {

    private static final int FLOAT_SIGN = 0x8000_0000;
    private static final long DOUBLE_SIGN = 0x8000_0000_0000_0000L;

    private GuestNumbers() {}

    static int I32_LT_U(int a, int b) {
        return (a & 0xffff_ffffL) < (b & 0xffff_ffffL) ? 1 : 0;
    }

    static int I32_GT_U(int a, int b) {
        return (a & 0xffff_ffffL) > (b & 0xffff_ffffL) ? 1 : 0;
    }

    static int I32_LE_U(int a, int b) {
        return (a & 0xffff_ffffL) <= (b & 0xffff_ffffL) ? 1 : 0;
    }

    static int I32_GE_U(int a, int b) {
        return (a & 0xffff_ffffL) >= (b & 0xffff_ffffL) ? 1 : 0;
    }

    static int I64_LT_U(long a, long b) {
        return (int) (((~a & b) | ((~a | b) & (a - b))) >>> 63);
    }

    static int I64_GT_U(long a, long b) {
        return (int) (((~b & a) | ((~b | a) & (b - a))) >>> 63);
    }

    static int I64_LE_U(long a, long b) {
        return (int) (((~b & a) | ((~b | a) & (b - a))) >>> 63) ^ 1;
    }

    static int I64_GE_U(long a, long b) {
        return (int) (((~a & b) | ((~a | b) & (a - b))) >>> 63) ^ 1;
    }

    static float F32_ABS(float x) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(x) & ~FLOAT_SIGN);
    }

    static double F64_ABS(double x) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x) & ~DOUBLE_SIGN);
    }

    static float F32_NEG(float x) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(x) ^ FLOAT_SIGN);
    }

    static double F64_NEG(double x) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x) ^ DOUBLE_SIGN);
    }

    static float F32_COPYSIGN(float a, float b) {
        return Float.intBitsToFloat(
                (Float.floatToRawIntBits(a) & ~FLOAT_SIGN)
                        | (Float.floatToRawIntBits(b) & FLOAT_SIGN));
    }

    static double F64_COPYSIGN(double a, double b) {
        return Double.longBitsToDouble(
                (Double.doubleToRawLongBits(a) & ~DOUBLE_SIGN)
                        | (Double.doubleToRawLongBits(b) & DOUBLE_SIGN));
    }

    static float F32_CONVERT_I64_U(long x) {
        // Half of it, where the last bit still says on which side of a tie the number lies.
        return x >= 0 ? (float) x : 2 * (float) ((x >>> 1) | (x & 1));
    }

    static double F64_CONVERT_I64_U(long x) {
        return x >= 0 ? (double) x : 2 * (double) ((x >>> 1) | (x & 1));
    }

    static float F32_ADD(float a, float b) {
        float y = a + b;
        return Float.isNaN(y) ? Float.NaN : y;
    }

    static float F32_SUB(float a, float b) {
        float y = a - b;
        return Float.isNaN(y) ? Float.NaN : y;
    }

    static float F32_MUL(float a, float b) {
        float y = a * b;
        return Float.isNaN(y) ? Float.NaN : y;
    }

    static float F32_DIV(float a, float b) {
        float y = a / b;
        return Float.isNaN(y) ? Float.NaN : y;
    }

    static float F32_MIN(float a, float b) {
        float y = Math.min(a, b);
        return Float.isNaN(y) ? Float.NaN : y;
    }

    static float F32_MAX(float a, float b) {
        float y = Math.max(a, b);
        return Float.isNaN(y) ? Float.NaN : y;
    }

    static float F32_CEIL(float x) {
        float y = (float) Math.ceil(x);
        return Float.isNaN(y) ? Float.NaN : y;
    }

    static float F32_FLOOR(float x) {
        float y = (float) Math.floor(x);
        return Float.isNaN(y) ? Float.NaN : y;
    }

    static float F32_NEAREST(float x) {
        float y = (float) Math.rint(x);
        return Float.isNaN(y) ? Float.NaN : y;
    }

    static float F32_SQRT(float x) {
        float y = (float) Math.sqrt(x);
        return Float.isNaN(y) ? Float.NaN : y;
    }

    static float F32_TRUNC(float x) {
        float y = (float) (x < 0 ? Math.ceil(x) : Math.floor(x));
        return Float.isNaN(y) ? Float.NaN : y;
    }

    static double F64_ADD(double a, double b) {
        double y = a + b;
        return Double.isNaN(y) ? Double.NaN : y;
    }

    static double F64_SUB(double a, double b) {
        double y = a - b;
        return Double.isNaN(y) ? Double.NaN : y;
    }

    static double F64_MUL(double a, double b) {
        double y = a * b;
        return Double.isNaN(y) ? Double.NaN : y;
    }

    static double F64_DIV(double a, double b) {
        double y = a / b;
        return Double.isNaN(y) ? Double.NaN : y;
    }

    static double F64_MIN(double a, double b) {
        double y = Math.min(a, b);
        return Double.isNaN(y) ? Double.NaN : y;
    }

    static double F64_MAX(double a, double b) {
        double y = Math.max(a, b);
        return Double.isNaN(y) ? Double.NaN : y;
    }

    static double F64_CEIL(double x) {
        double y = Math.ceil(x);
        return Double.isNaN(y) ? Double.NaN : y;
    }

    static double F64_FLOOR(double x) {
        double y = Math.floor(x);
        return Double.isNaN(y) ? Double.NaN : y;
    }

    static double F64_NEAREST(double x) {
        double y = Math.rint(x);
        return Double.isNaN(y) ? Double.NaN : y;
    }

    static double F64_SQRT(double x) {
        double y = Math.sqrt(x);
        return Double.isNaN(y) ? Double.NaN : y;
    }

    static double F64_TRUNC(double x) {
        double y = x < 0 ? Math.ceil(x) : Math.floor(x);
        return Double.isNaN(y) ? Double.NaN : y;
    }

    static float F32_DEMOTE_F64(double x) {
        float y = (float) x;
        return Float.isNaN(y) ? Float.NaN : y;
    }

    static double F64_PROMOTE_F32(float x) {
        double y = x;
        return Double.isNaN(y) ? Double.NaN : y;
    }
}
