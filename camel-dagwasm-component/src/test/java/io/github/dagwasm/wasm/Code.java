package io.github.dagwasm.wasm;

import java.io.ByteArrayOutputStream;

/** Instructions of a function, one method each, named as the text format names them. */
public final class Code {

    private static final int EMPTY_BLOCK = 0x40;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /**
     * Begins a function's instructions.
     *
     * @return no instructions yet
     */
    public static Code code() {
        return new Code();
    }

    /**
     * Raw bytes, for whatever has no method here.
     *
     * @param bytes the bytes
     * @return this
     */
    public Code op(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    /**
     * Other instructions.
     *
     * @param others what comes next
     * @return this
     */
    public Code then(Code others) {
        out.writeBytes(others.bytes());
        return this;
    }

    /**
     * {@code i32.const}.
     *
     * @param value the value
     * @return this
     */
    public Code i32(int value) {
        op(0x41);
        out.writeBytes(signedLeb(value));
        return this;
    }

    /**
     * {@code local.get}.
     *
     * @param local the local's index
     * @return this
     */
    public Code get(int local) {
        return op(0x20).index(local);
    }

    /**
     * {@code local.set}.
     *
     * @param local the local's index
     * @return this
     */
    public Code set(int local) {
        return op(0x21).index(local);
    }

    /**
     * {@code local.tee}.
     *
     * @param local the local's index
     * @return this
     */
    public Code tee(int local) {
        return op(0x22).index(local);
    }

    /**
     * {@code global.get}.
     *
     * @param global the global's index
     * @return this
     */
    public Code globalGet(int global) {
        return op(0x23).index(global);
    }

    /**
     * {@code global.set}.
     *
     * @param global the global's index
     * @return this
     */
    public Code globalSet(int global) {
        return op(0x24).index(global);
    }

    /**
     * {@code call}.
     *
     * @param function the function's index, imports first
     * @return this
     */
    public Code call(int function) {
        return op(0x10).index(function);
    }

    /**
     * {@code block} without a result.
     *
     * @return this
     */
    public Code block() {
        return op(0x02, EMPTY_BLOCK);
    }

    /**
     * {@code loop} without a result.
     *
     * @return this
     */
    public Code loop() {
        return op(0x03, EMPTY_BLOCK);
    }

    /**
     * {@code if} without a result.
     *
     * @return this
     */
    public Code if_() {
        return op(0x04, EMPTY_BLOCK);
    }

    /**
     * {@code br}.
     *
     * @param depth which block to leave, or which loop to repeat, counted outwards
     * @return this
     */
    public Code br(int depth) {
        return op(0x0c).index(depth);
    }

    /**
     * {@code br_if}.
     *
     * @param depth which block to leave, or which loop to repeat, counted outwards
     * @return this
     */
    public Code brIf(int depth) {
        return op(0x0d).index(depth);
    }

    /**
     * {@code end}.
     *
     * @return this
     */
    public Code end() {
        return op(0x0b);
    }

    /**
     * {@code return}.
     *
     * @return this
     */
    public Code return_() {
        return op(0x0f);
    }

    /**
     * {@code unreachable}.
     *
     * @return this
     */
    public Code unreachable() {
        return op(0x00);
    }

    /**
     * {@code drop}.
     *
     * @return this
     */
    public Code drop() {
        return op(0x1a);
    }

    /**
     * {@code i32.add}.
     *
     * @return this
     */
    public Code add() {
        return op(0x6a);
    }

    /**
     * {@code i32.sub}.
     *
     * @return this
     */
    public Code sub() {
        return op(0x6b);
    }

    /**
     * {@code i32.eqz}.
     *
     * @return this
     */
    public Code eqz() {
        return op(0x45);
    }

    /**
     * {@code i32.load8_u} without offset.
     *
     * @return this
     */
    public Code load8() {
        return op(0x2d, 0, 0);
    }

    /**
     * {@code i32.store8} without offset.
     *
     * @return this
     */
    public Code store8() {
        return op(0x3a, 0, 0);
    }

    /**
     * {@code memory.size}.
     *
     * @return this
     */
    public Code memorySize() {
        return op(0x3f, 0);
    }

    /**
     * {@code memory.grow}.
     *
     * @return this
     */
    public Code memoryGrow() {
        return op(0x40, 0);
    }

    /**
     * {@code memory.copy}: target, source, length.
     *
     * @return this
     */
    public Code memoryCopy() {
        return op(0xfc, 0x0a, 0, 0);
    }

    /**
     * {@code memory.fill}: target, value, length.
     *
     * @return this
     */
    public Code memoryFill() {
        return op(0xfc, 0x0b, 0);
    }

    /**
     * {@code table.grow}: the reference, the number of entries.
     *
     * @return this
     */
    public Code tableGrow() {
        return op(0xfc, 0x0f, 0);
    }

    /**
     * {@code i64.const}.
     *
     * @param value the value
     * @return this
     */
    public Code i64(long value) {
        op(0x42);
        out.writeBytes(signedLeb(value));
        return this;
    }

    /**
     * {@code f32.const}.
     *
     * @param value the value
     * @return this
     */
    public Code f32(float value) {
        op(0x43);
        int bits = Float.floatToRawIntBits(value);
        return op(bits, bits >> 8, bits >> 16, bits >> 24);
    }

    /**
     * {@code br_table} with one target, which is the default too.
     *
     * @param depth which block to leave, or which loop to repeat, counted outwards
     * @return this
     */
    public Code brTable(int depth) {
        return op(0x0e, 0).index(depth);
    }

    /**
     * {@code call_indirect} through the first table.
     *
     * @param type the index of the function's type
     * @return this
     */
    public Code callIndirect(int type) {
        return op(0x11).index(type).index(0);
    }

    /**
     * {@code return_call}.
     *
     * @param function the function's index, imports first
     * @return this
     */
    public Code returnCall(int function) {
        return op(0x12).index(function);
    }

    /**
     * {@code return_call_indirect} through the first table.
     *
     * @param type the index of the function's type
     * @return this
     */
    public Code returnCallIndirect(int type) {
        return op(0x13).index(type).index(0);
    }

    /**
     * {@code ref.null func}.
     *
     * @return this
     */
    public Code refNull() {
        return op(0xd0, 0x70);
    }

    /**
     * {@code memory.init}: target, source, length.
     *
     * @param segment the index of the data segment
     * @return this
     */
    public Code memoryInit(int segment) {
        return op(0xfc, 0x08).index(segment).index(0);
    }

    /**
     * {@code table.init} of the first table: target, source, length.
     *
     * @param segment the index of the element segment
     * @return this
     */
    public Code tableInit(int segment) {
        return op(0xfc, 0x0c).index(segment).index(0);
    }

    /**
     * {@code table.copy} within the first table: target, source, length.
     *
     * @return this
     */
    public Code tableCopy() {
        return op(0xfc, 0x0e, 0, 0);
    }

    /**
     * {@code table.fill} of the first table: target, reference, length.
     *
     * @return this
     */
    public Code tableFill() {
        return op(0xfc, 0x11, 0);
    }

    /**
     * Other instructions, many times in a row.
     *
     * @param times how many times
     * @param instructions the instructions
     * @return this
     */
    public Code row(int times, Code instructions) {
        byte[] bytes = instructions.bytes();
        for (int i = 0; i < times; i++) {
            out.writeBytes(bytes);
        }
        return this;
    }

    /** The instructions as they are in a binary. */
    public byte[] bytes() {
        return out.toByteArray();
    }

    private Code index(int value) {
        out.writeBytes(TestModule.leb(value));
        return this;
    }

    /**
     * A signed LEB128 number.
     *
     * @param value the number
     * @return its bytes
     */
    public static byte[] signedLeb(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while (true) {
            int low = (int) (rest & 0x7f);
            rest >>= 7;
            boolean last = (rest == 0 && (low & 0x40) == 0) || (rest == -1 && (low & 0x40) != 0);
            out.write(last ? low : low | 0x80);
            if (last) {
                return out.toByteArray();
            }
        }
    }
}
