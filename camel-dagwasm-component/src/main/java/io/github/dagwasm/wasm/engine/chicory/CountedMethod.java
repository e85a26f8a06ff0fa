package io.github.dagwasm.wasm.engine.chicory;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Has a method count its call: a function, or a method that a call by reference goes through. It
 * takes two more arguments, see {@link CallCounter}, and hands them on.
 *
 * <p>A call by reference looks its function up in a switch, whose cases are as many as functions of
 * the type. The two arguments are put on the stack once, before the switch, so that a case takes no
 * more bytes than Chicory's: a method that is within the JVM's limits there is so here.
 */
final class CountedMethod extends MethodVisitor {

    /** What the beginning of a function has on the stack. */
    private static final int OPENING_SLOTS = 4;

    /** How Chicory's classes hand a call to the interpreter: nothing else does it like this. */
    private static final String TO_INTERPRETER = "callIndirect";

    private static final String TO_INTERPRETER_TYPE =
            "([JILcom/dylibso/chicory/runtime/Instance;)[J";

    /** How they get the exception that a reference is to, before they throw it. */
    private static final String TO_EXCEPTION = "exn";

    private static final String TO_EXCEPTION_TYPE =
            "(I)Lcom/dylibso/chicory/runtime/WasmException;";

    /** What one of many switches says of a function that it does not know. */
    private static final String NOT_THERE = "throwUnknownFunction";

    /** What the only switch says of it. */
    private static final String WRONG_TYPE = "throwIndirectCallTypeMismatch";

    private static final String WRONG_TYPE_TYPE = "()Ljava/lang/RuntimeException;";

    private final String prefix;
    private final boolean opens;
    private final ChargedMethod.Kind kind;
    private final int parameters;
    private final int instance;
    private final int left;
    private final int counter;
    private final long taken;

    /** How many variables the arguments of the functions take that a switch leads to. */
    private final int switchedArguments;

    private final Set<Label> cases = new HashSet<>();

    /** Whether the two arguments are on the stack, since before a switch. */
    private boolean pushed;

    private int handOver;
    private int reordered;

    /**
     * Makes a visitor for one method.
     *
     * @param next what writes the method
     * @param name the method's name
     * @param type its descriptor, without the two arguments
     * @param prefix the internal name that those of all generated classes begin with
     * @param opens whether it stands for a function of the guest's
     * @param frame the size of its frame
     */
    CountedMethod(
            MethodVisitor next, String name, String type, String prefix, boolean opens, int frame) {
        super(
                CallCounter.API,
                new ChargedMethod(
                        new NumberCalls(next, prefix),
                        CallCounter.kind(name),
                        prefix,
                        CallCounter.firstVariable(type) + 2));
        this.prefix = prefix;
        this.opens = opens;
        kind = CallCounter.kind(name);
        parameters = Type.getArgumentCount(type);
        left = CallCounter.firstVariable(type);
        counter = left + 2;
        // The index of the function comes after the instance in a part; else it and the index of
        // the table come before the memory.
        instance = left - (kind == ChargedMethod.Kind.PART ? 2 : 1);
        switchedArguments = left - (kind == ChargedMethod.Kind.PART ? 1 : 2);
        taken = opens ? CallsLeft.call(frame) : CallsLeft.frame(frame);
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (!CallCounter.hasRoom(left)) {
            super.visitVarInsn(Opcodes.ALOAD, instance);
            CountClass.LEFT.invoke(mv, prefix);
            super.visitVarInsn(Opcodes.LSTORE, left);
            super.visitVarInsn(Opcodes.ALOAD, instance);
            CountClass.OF.invoke(mv, prefix);
            super.visitVarInsn(Opcodes.ASTORE, counter);
        }
        take(Opcodes.LSUB);
        if (opens) {
            super.visitVarInsn(Opcodes.LLOAD, left);
            super.visitVarInsn(Opcodes.ALOAD, instance);
            CountClass.REQUIRE.invoke(mv, prefix);
        }
    }

    private void take(int addOrSubtract) {
        super.visitVarInsn(Opcodes.LLOAD, left);
        super.visitLdcInsn(taken);
        super.visitInsn(addOrSubtract);
        super.visitVarInsn(Opcodes.LSTORE, left);
    }

    @Override
    public void visitMethodInsn(
            int opcode, String owner, String name, String type, boolean onInterface) {
        if (CallCounter.isCounted(owner, name, prefix)) {
            if (!CallCounter.hasRoom(CallCounter.firstVariable(type))) {
                tellMachine();
            } else if (!pushed) {
                super.visitVarInsn(Opcodes.LLOAD, left);
                super.visitVarInsn(Opcodes.ALOAD, counter);
            }
            super.visitMethodInsn(
                    opcode, owner, name, CallCounter.withMore(type, prefix), onInterface);
            return;
        }
        if (kind == ChargedMethod.Kind.PART && name.equals(NOT_THERE)) {
            // The function is there, but of another type.
            super.visitInsn(Opcodes.POP);
            super.visitMethodInsn(opcode, owner, WRONG_TYPE, WRONG_TYPE_TYPE, onInterface);
            return;
        }
        if (name.equals(TO_EXCEPTION) && type.equals(TO_EXCEPTION_TYPE)) {
            CountClass.THROWN.invoke(mv, prefix);
        }
        if (name.equals(TO_INTERPRETER) && type.equals(TO_INTERPRETER_TYPE)) {
            // The machine counts this call itself, so it gets back what was taken above.
            handOver = 1;
            take(Opcodes.LADD);
            tellMachine();
        }
        super.visitMethodInsn(opcode, owner, name, type, onInterface);
    }

    private void tellMachine() {
        super.visitVarInsn(Opcodes.LLOAD, left);
        super.visitVarInsn(Opcodes.ALOAD, instance);
        CountClass.HAND_OVER.invoke(mv, prefix);
    }

    @Override
    public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
        if (kind != ChargedMethod.Kind.FUNCTION && CallCounter.hasRoom(switchedArguments)) {
            // The index that is switched on stays the topmost.
            super.visitVarInsn(Opcodes.LLOAD, left);
            super.visitInsn(Opcodes.DUP2_X1);
            super.visitInsn(Opcodes.POP2);
            super.visitVarInsn(Opcodes.ALOAD, counter);
            super.visitInsn(Opcodes.SWAP);
            reordered = 1;
            cases.add(other);
            cases.addAll(List.of(labels));
        }
        super.visitLookupSwitchInsn(other, keys, labels);
    }

    @Override
    public void visitLabel(Label label) {
        pushed = cases.contains(label);
        super.visitLabel(label);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        super.visitVarInsn(opcode, moved(variable));
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
        super.visitIincInsn(moved(variable), increment);
    }

    @Override
    public void visitFrame(int type, int locals, Object[] local, int stackSize, Object[] stack) {
        Object[] more = new Object[locals + CallCounter.ARGUMENTS];
        System.arraycopy(local, 0, more, 0, parameters);
        more[parameters] = Opcodes.LONG;
        more[parameters + 1] = CountClass.name(prefix);
        System.arraycopy(
                local, parameters, more, parameters + CallCounter.ARGUMENTS, locals - parameters);
        if (!pushed) {
            super.visitFrame(type, locals + CallCounter.ARGUMENTS, more, stackSize, stack);
            return;
        }
        Object[] moreStack = Arrays.copyOf(stack, stackSize + CallCounter.ARGUMENTS);
        moreStack[stackSize] = Opcodes.LONG;
        moreStack[stackSize + 1] = CountClass.name(prefix);
        super.visitFrame(
                type,
                locals + CallCounter.ARGUMENTS,
                more,
                stackSize + CallCounter.ARGUMENTS,
                moreStack);
    }

    @Override
    public void visitMaxs(int stack, int locals) {
        super.visitMaxs(
                Math.max(OPENING_SLOTS, stack + CallCounter.MORE + handOver + reordered),
                locals + CallCounter.MORE);
    }

    private int moved(int variable) {
        return variable < left ? variable : variable + CallCounter.MORE;
    }
}
