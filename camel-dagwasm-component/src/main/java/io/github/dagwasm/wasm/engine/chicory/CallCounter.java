package io.github.dagwasm.wasm.engine.chicory;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes the classes that Chicory generates count the calls that are open, and charge what they do.
 * Every method that stands for a function, or leads to one, takes two more arguments, the last
 * ones. One is {@link CallsLeft}: how many calls may still be opened, and how many bytes of stack
 * they may take. A function takes off one call and the {@linkplain FrameSizes size of its frame},
 * looks whether either is spent, and hands the rest on; a method that only leads to a function
 * takes off its frame. So the count lives in the JVM's own frames: a return and an exception
 * restore it by themselves, and nothing is stored. The other is where a {@link ChargedMethod}
 * counts.
 *
 * <p>A method whose arguments leave no room for two more gets them through the machine: its caller
 * tells the machine what is left, and the method asks it.
 *
 * <p>What it knows of the classes is their shape in Chicory 1.7.5. It counts what it found, so that
 * another shape is noticed at load.
 */
final class CallCounter extends ClassVisitor {

    static final int API = Opcodes.ASM9;
    private static final String FUNCTION = "func_";
    private static final String ENTRY = "call_";
    private static final String INDIRECT = "call_indirect_";
    private static final String INDIRECT_PART = "apply";

    /** How many variables the two arguments take; the first is a {@code long}. */
    static final int MORE = 3;

    /** How many of them there are. */
    static final int ARGUMENTS = 2;

    /** How many variables the arguments of a JVM method may take. */
    private static final int MOST_ARGUMENT_SLOTS = 255;

    private static final String INTERPRETER =
            "com/dylibso/chicory/runtime/internal/CompilerInterpreterMachine";

    private final String prefix;
    private final int imports;
    private final FrameSizes frames;
    private int functions;
    private int entries;

    /**
     * Makes a visitor for one class.
     *
     * @param next what writes the class, without computing frames
     * @param prefix the internal name that those of all generated classes begin with
     * @param imports how many functions the module imports: they are not the guest's
     * @param frames the sizes of the frames of the class's methods
     */
    CallCounter(ClassVisitor next, String prefix, int imports, FrameSizes frames) {
        super(API, next);
        this.prefix = prefix;
        this.imports = imports;
        this.frames = frames;
    }

    /** How many of the guest's functions were found. */
    int functions() {
        return functions;
    }

    /** How many ways into them from outside were found. */
    int entries() {
        return entries;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String type, String signature, String[] exceptions) {
        boolean counted = isCounted(name);
        MethodVisitor next =
                super.visitMethod(
                        access,
                        name,
                        counted ? withMore(type, prefix) : type,
                        signature,
                        exceptions);
        if (counted) {
            boolean opens =
                    name.startsWith(FUNCTION)
                            && Integer.parseInt(name.substring(FUNCTION.length())) >= imports;
            functions += opens ? 1 : 0;
            return new ReachableCode(
                    new CountedMethod(next, name, type, prefix, opens, frames.of(name)));
        }
        if (name.startsWith(ENTRY) && Character.isDigit(name.charAt(ENTRY.length()))) {
            entries++;
            return new Entry(next);
        }
        return new Other(next);
    }

    /** Whether a method is a function, or leads to one. */
    static boolean isCounted(String method) {
        return method.startsWith(FUNCTION)
                || method.startsWith(INDIRECT)
                || method.equals(INDIRECT_PART);
    }

    /** Whether a called method is one of those. */
    static boolean isCounted(String owner, String method, String prefix) {
        return owner.startsWith(prefix) && isCounted(method);
    }

    /** Whether a method stands for a function. */
    static boolean isFunction(String owner, String method, String prefix) {
        return owner.startsWith(prefix) && method.startsWith(FUNCTION);
    }

    /** Whether a method is what a call by reference goes through. */
    static boolean isIndirect(String owner, String method, String prefix) {
        return owner.startsWith(prefix) && isCounted(method) && !method.startsWith(FUNCTION);
    }

    /** What such a method is to its caller. */
    static ChargedMethod.Kind kind(String method) {
        if (method.startsWith(FUNCTION)) {
            return ChargedMethod.Kind.FUNCTION;
        }
        return method.startsWith(INDIRECT) ? ChargedMethod.Kind.INDIRECT : ChargedMethod.Kind.PART;
    }

    /** The descriptor with the two arguments, if there is room for them. */
    static String withMore(String type, String prefix) {
        return hasRoom(firstVariable(type))
                ? type.replace(")", "JL" + CountClass.name(prefix) + ";)")
                : type;
    }

    /** Whether a method with arguments of so many variables can have the two more. */
    static boolean hasRoom(int variables) {
        return variables + MORE <= MOST_ARGUMENT_SLOTS;
    }

    /** The first variable after the arguments of a static method. */
    static int firstVariable(String type) {
        // The sum has a place for `this`, which such a method lacks.
        return (Type.getArgumentsAndReturnSizes(type) >> 2) - 1;
    }

    /** The way from the machine into one function; its first argument is the instance. */
    private final class Entry extends MethodVisitor {

        Entry(MethodVisitor next) {
            super(API, next);
        }

        @Override
        public void visitMethodInsn(
                int opcode, String owner, String name, String type, boolean onInterface) {
            if (isCounted(owner, name, prefix)) {
                if (hasRoom(firstVariable(type))) {
                    super.visitVarInsn(Opcodes.ALOAD, 0);
                    CountClass.LEFT.invoke(mv, prefix);
                    super.visitVarInsn(Opcodes.ALOAD, 0);
                    CountClass.OF.invoke(mv, prefix);
                }
                super.visitMethodInsn(opcode, owner, name, withMore(type, prefix), onInterface);
            } else {
                super.visitMethodInsn(opcode, owner, name, type, onInterface);
            }
        }

        @Override
        public void visitMaxs(int stack, int locals) {
            super.visitMaxs(stack + MORE, locals);
        }
    }

    /** Everything else: it calls no function, but one of them makes the interpreter. */
    private final class Other extends MethodVisitor {

        Other(MethodVisitor next) {
            super(API, next);
        }

        @Override
        public void visitMethodInsn(
                int opcode, String owner, String name, String type, boolean onInterface) {
            if (isCounted(owner, name, prefix)) {
                throw InstrumentedClasses.unknownShape();
            }
            if (owner.equals(INTERPRETER) && opcode == Opcodes.INVOKESPECIAL) {
                // It is told of no interpreted functions, so that it calls them by the machine,
                // which counts.
                super.visitInsn(Opcodes.POP);
                super.visitInsn(Opcodes.ICONST_0);
                super.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_INT);
            }
            super.visitMethodInsn(opcode, owner, name, type, onInterface);
        }
    }
}
