package io.github.dagwasm.wasm.engine.chicory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes a method of Chicory's charge what it does: where Chicory looks at the interrupt flag there
 * is a tick instead. That is where a jump goes back, and before each call; a call by reference
 * looks in the method that it goes through. This class proves it of every method that it sees, so
 * that another shape is noticed at load: no jump goes back and no call is made without a tick of
 * its own, and there is no tick besides.
 *
 * <p>A switch ticks if the target that it takes lies behind, and not if only another does.
 *
 * <p>Between two ticks there may be much code, above all while many open calls return one after the
 * other. Where that much was run at most, there is a pause: it is not charged, but now and then it
 * looks at the clock.
 */
final class ChargedMethod extends MethodVisitor {

    /** Where Chicory's code looks at the interrupt flag. */
    private static final String CHECK = "checkInterruption";

    /** How much may be run until there is a pause; an instruction that calls no method is 1. */
    private static final int FAR = 512;

    /** How much may be run until a loop begins without one. */
    private static final int NEAR = 64;

    /** What one is that does call a method, as those do that touch memory. */
    private static final int METHOD = 8;

    /** How much may be run after a call has returned. */
    private static final int AFTER_RETURN = 32;

    /** How many values a tick has on the stack where code goes back. */
    private static final int BACK_SLOTS = 3;

    /** What a method is to its caller. */
    enum Kind {

        /** A function of the guest: it looks before it calls another. */
        FUNCTION,

        /** What a call by reference goes through: it looks when it begins. */
        INDIRECT,

        /** Part of such a method: it does not look. */
        PART
    }

    private final Kind kind;
    private final String prefix;
    private final int counter;
    private final Set<Label> passed = new HashSet<>();
    private final Map<Label, Integer> farAt = new HashMap<>();
    private int far;
    private boolean looked;
    private boolean paid;

    /** How many values this class adds to the method's stack at one place, at most. */
    private int most = 1;

    /**
     * Makes a visitor for one method.
     *
     * @param next what writes the method
     * @param kind what the method is
     * @param prefix the internal name that those of all generated classes begin with
     * @param counter the variable that holds the counter
     */
    ChargedMethod(MethodVisitor next, Kind kind, String prefix, int counter) {
        super(Opcodes.ASM9, next);
        this.kind = kind;
        this.prefix = prefix;
        this.counter = counter;
    }

    @Override
    public void visitMethodInsn(
            int opcode, String owner, String name, String type, boolean onInterface) {
        if (name.equals(CHECK)) {
            require(!looked && !paid);
            looked = true;
            return;
        }
        boolean function = CallCounter.isFunction(owner, name, prefix);
        step(METHOD);
        if (function && kind == Kind.FUNCTION) {
            require(paid);
            paid = false;
        }
        super.visitMethodInsn(opcode, owner, name, type, onInterface);
        if (function || CallCounter.isIndirect(owner, name, prefix)) {
            far = FAR - AFTER_RETURN;
        }
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        boolean back = passed.contains(label);
        require(back == (looked && opcode == Opcodes.GOTO) && !paid);
        if (back) {
            looked = false;
            most = BACK_SLOTS;
            takeOne();
            super.visitJumpInsn(Opcodes.IFGE, label);
            super.visitVarInsn(Opcodes.ALOAD, counter);
            CountClass.MORE.invoke(mv, prefix);
            far = 0;
        } else {
            step(1);
        }
        super.visitJumpInsn(opcode, label);
        reaches(label);
        if (opcode == Opcodes.GOTO) {
            far = 0;
        }
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label other, Label... labels) {
        String back =
                Stream.concat(Stream.of(labels), Stream.of(other))
                        .map(passed::contains)
                        .map(behind -> String.valueOf(behind ? CountClass.BACK : CountClass.AHEAD))
                        .collect(Collectors.joining());
        require(back.indexOf(CountClass.BACK) >= 0 == looked && !paid);
        if (looked) {
            require(min == 0);
            looked = false;
            most = BACK_SLOTS;
            super.visitInsn(Opcodes.DUP);
            super.visitLdcInsn(back);
            super.visitVarInsn(Opcodes.ALOAD, counter);
            CountClass.TICK_IF_BACK.invoke(mv, prefix);
        }
        step(1);
        super.visitTableSwitchInsn(min, max, other, labels);
        reaches(other);
        Stream.of(labels).forEach(this::reaches);
        far = 0;
    }

    @Override
    public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
        step(1);
        require(!passed.contains(other) && Stream.of(labels).noneMatch(passed::contains));
        super.visitLookupSwitchInsn(other, keys, labels);
        reaches(other);
        Stream.of(labels).forEach(this::reaches);
        far = 0;
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
        // What is thrown may come from far.
        farAt.put(handler, FAR);
        super.visitTryCatchBlock(start, end, handler, type);
    }

    @Override
    public void visitLabel(Label label) {
        require(!looked && !paid);
        passed.add(label);
        if (far > NEAR && !farAt.containsKey(label)) {
            // Nothing jumps ahead to it, so it begins a loop: better one pause before than in it.
            pause();
        }
        far = Math.max(far, farAt.getOrDefault(label, 0));
        super.visitLabel(label);
    }

    @Override
    public void visitInsn(int opcode) {
        step(1);
        super.visitInsn(opcode);
        if (opcode == Opcodes.ATHROW || (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN)) {
            far = 0;
        }
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        step(1);
        super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        step(1);
        super.visitVarInsn(opcode, variable);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        step(1);
        super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        step(1);
        super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitInvokeDynamicInsn(
            String name, String descriptor, Handle method, Object... arguments) {
        throw InstrumentedClasses.unknownShape();
    }

    @Override
    public void visitLdcInsn(Object value) {
        step(1);
        super.visitLdcInsn(value);
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
        step(1);
        super.visitIincInsn(variable, increment);
    }

    @Override
    public void visitMaxs(int stack, int locals) {
        require(!looked && !paid);
        super.visitMaxs(stack + most, locals);
    }

    private void step(int weight) {
        if (looked) {
            looked = false;
            charge();
            // Of a call by reference the caller is charged, and whatever it goes on to.
            paid = kind == Kind.FUNCTION;
        } else if (far + weight > FAR) {
            pause();
        }
        far += weight;
    }

    private void pause() {
        far = 0;
        super.visitVarInsn(Opcodes.ALOAD, counter);
        CountClass.PAUSE.invoke(mv, prefix);
    }

    private void charge() {
        require(kind != Kind.PART);
        super.visitVarInsn(Opcodes.ALOAD, counter);
        CountClass.TICK.invoke(mv, prefix);
        far = 0;
    }

    private void takeOne() {
        String owner = CountClass.name(prefix);
        super.visitVarInsn(Opcodes.ALOAD, counter);
        super.visitInsn(Opcodes.DUP);
        super.visitFieldInsn(Opcodes.GETFIELD, owner, CountClass.TICKS, "I");
        super.visitInsn(Opcodes.ICONST_1);
        super.visitInsn(Opcodes.ISUB);
        super.visitInsn(Opcodes.DUP_X1);
        super.visitFieldInsn(Opcodes.PUTFIELD, owner, CountClass.TICKS, "I");
    }

    private void reaches(Label label) {
        farAt.merge(label, far, Math::max);
    }

    private static void require(boolean shape) {
        if (!shape) {
            throw InstrumentedClasses.unknownShape();
        }
    }
}
