package io.github.dagwasm.wasm.admission;

import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static io.github.dagwasm.wasm.TestModule.leb;

import io.github.dagwasm.wasm.Bombs;
import java.io.ByteArrayOutputStream;

/** What instructions cost. */
final class CodeBurdens {

    private CodeBurdens() {}

    static void nops(BurdenParts parts, int share) {
        bodies(parts, 4, (Burden.BODY_BYTES - 1000) / share, bytes(0x01));
    }

    static void smallInstructions(BurdenParts parts, int share) {
        byte[] eqz = Bombs.repeated(6000, 0x45);
        byte[] body = join(bytes(0x41, 0), eqz, bytes(0x1a));
        for (int i = 0; i < Burden.CODE_BYTES / share / (body.length + 8); i++) {
            parts.function(parts.empty(), body);
        }
    }

    static void largeInstructions(BurdenParts parts, int share) {
        byte[] body = Bombs.repeated(1500, 0x20, 0, 0x9a, 0x21, 0);
        for (int i = 0; i < Burden.CODE_BYTES / share / (body.length + 8); i++) {
            parts.function(parts.empty(), 1, 0x7c, body);
        }
    }

    static void interpreted(BurdenParts parts, int share) {
        byte[] body = Bombs.repeated(Burden.BODY_BYTES / 3 / share - 10, 0x41, 0, 0x1a);
        for (int i = 0; i < 4; i++) {
            parts.function(parts.empty(), body);
        }
    }

    static void calls(BurdenParts parts, int share) {
        int type = parts.type(join(bytes(0x60, 0, 99), Bombs.repeated(99, 0x7f)));
        int callee = parts.function(type, bytes(0x00));
        int mayMove = 9_900_000 / share / 100;
        for (int i = 0; i < mayMove / 200; i++) {
            parts.function(
                    parts.empty(),
                    join(Burden.repeated(200, join(bytes(0x10), leb(callee))), bytes(0x00)));
        }
    }

    static void nestedBlocks(BurdenParts parts, int share) {
        nested(parts, share, bytes(0x02, 0x40), bytes(0x41, 0, 0x0d, 0, 0x0b));
    }

    static void nestedIfs(BurdenParts parts, int share) {
        nested(parts, share, bytes(0x41, 0, 0x04, 0x40), bytes(0x05, 0x0b));
    }

    static void nestedLoops(BurdenParts parts, int share) {
        nested(parts, share, bytes(0x03, 0x40), bytes(0x41, 0, 0x0d, 0, 0x0b));
    }

    static void nestedTries(BurdenParts parts, int share) {
        int tag = parts.tag();
        nestedTries(parts, 620 / share, join(bytes(0x1f, 0x40, 1, 0), leb(tag), bytes(0)));
    }

    static void manyNestedTries(BurdenParts parts, int share) {
        int tag = parts.tag();
        for (int i = 0; i < 38 / share; i++) {
            nestedTries(parts, 100, join(bytes(0x1f, 0x40, 1, 0), leb(tag), bytes(0)));
        }
    }

    static void triesInARow(BurdenParts parts, int share) {
        byte[] one = bytes(0x1f, 0x40, 1, 2, 0, 0x01, 0x0b);
        for (int i = 0; i < 525 / share; i++) {
            parts.function(parts.empty(), Burden.repeated(380, one));
        }
    }

    static void storesInTries(BurdenParts parts, int share) {
        byte[] inside = Bombs.repeated(2500, 0x41, 0, 0x21, 50);
        byte[] opened = Bombs.repeated(20, 0x1f, 0x40, 1, 2, 0);
        byte[] body = join(opened, inside, Bombs.repeated(20, 0x0b));
        for (int i = 0; i < 20 / share; i++) {
            parts.function(parts.empty(), 100, 0x7f, body);
        }
    }

    static void operandsBelowTries(BurdenParts parts, int share) {
        int deep = 20;
        byte[] body =
                join(
                        Bombs.repeated(deep, 0x41, 0),
                        Bombs.repeated(20, 0x1f, 0x40, 1, 2, 0, 0x01, 0x0b),
                        Bombs.repeated(deep, 0x1a));
        for (int i = 0; i < 180 / share; i++) {
            parts.function(parts.empty(), body);
        }
    }

    static void catches(BurdenParts parts, int share) {
        int tag = parts.tag();
        byte[] one = join(bytes(0), leb(tag), bytes(0));
        int catches = 2000;
        byte[] body =
                join(
                        bytes(0x1f, 0x40),
                        leb(catches),
                        Burden.repeated(catches, one),
                        bytes(0x01, 0x0b));
        for (int i = 0; i < 245 / share; i++) {
            parts.function(parts.empty(), body);
        }
    }

    /** Each is a call of its own behind the body. */
    static void tailCallsInTry(BurdenParts parts, int share) {
        int callees = 20_000 / share;
        int first = parts.function(parts.empty(), bytes());
        for (int i = 1; i < callees; i++) {
            parts.function(parts.empty(), bytes());
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(Bombs.repeated(1000, 0x02, 0x40));
        body.writeBytes(bytes(0x1f, 0x40, 0));
        for (int i = 0; i < 60_000 / share; i++) {
            body.writeBytes(join(bytes(0x02, 0x40, 0x12), leb(first + i % callees), bytes(0x0b)));
        }
        body.writeBytes(Bombs.repeated(1001, 0x0b));
        parts.function(parts.empty(), body.toByteArray());
    }

    static void targets(BurdenParts parts, int share) {
        byte[] table = join(bytes(0x41, 0, 0x0e), leb(15_999), new byte[16_000]);
        for (int i = 0; i < Burden.CODE_BYTES / share / (table.length + 10); i++) {
            parts.function(parts.empty(), table);
        }
    }

    static void deepBranches(BurdenParts parts, int share) {
        int depth = 2000;
        int branches = 90_000 / share;
        for (int i = 0; i < branches / 2000; i++) {
            byte[] branch = join(bytes(0x41, 0, 0x0d), leb(depth - 1));
            parts.function(
                    parts.empty(),
                    join(
                            Bombs.repeated(depth, 0x02, 0x40),
                            Burden.repeated(2000, branch),
                            Bombs.repeated(depth, 0x0b)));
        }
    }

    static void loops(BurdenParts parts, int share) {
        int inARow = 4400 / (share == 1 ? 1 : 2);
        parts.function(parts.empty(), Bombs.repeated(inARow, 0x03, 0x40, 0x0b));
    }

    static void operandsOfBlocks(BurdenParts parts, int share) {
        byte[] body =
                join(
                        Bombs.repeated(400, 0x41, 0),
                        Bombs.repeated(490, 0x02, 0x40, 0x0b),
                        Bombs.repeated(400, 0x1a));
        for (int i = 0; i < 50 / share; i++) {
            parts.function(parts.empty(), body);
        }
    }

    static void operandsOfBranches(BurdenParts parts, int share) {
        byte[] body =
                join(
                        bytes(0x02, 0x40),
                        Bombs.repeated(400, 0x41, 0),
                        Bombs.repeated(490, 0x41, 0, 0x0d, 0),
                        Bombs.repeated(400, 0x1a),
                        bytes(0x0b));
        for (int i = 0; i < 50 / share; i++) {
            parts.function(parts.empty(), body);
        }
    }

    static void localsAtBranches(BurdenParts parts, int share) {
        for (int i = 0; i < 25 / share; i++) {
            parts.function(parts.empty(), 1000, 0x7f, Bombs.repeated(1990, 0x20, 0, 0x0d, 0));
        }
    }

    static void localsSetAtBranches(BurdenParts parts, int share) {
        byte[] one = join(bytes(0x20, 0, 0x0d, 0, 0x41, 0, 0x21), leb(999));
        for (int i = 0; i < 25 / share; i++) {
            parts.function(parts.empty(), 1000, 0x7f, Burden.repeated(1990, one));
        }
    }

    static void fewLocalsAtBranches(BurdenParts parts, int share) {
        byte[] body = Bombs.repeated(2400, 0x20, 0, 0x0d, 0);
        for (int i = 0; i < 3_900_000 / share / (body.length + 8); i++) {
            parts.function(parts.empty(), 50, 0x7f, body);
        }
    }

    private static void bodies(BurdenParts parts, int count, int length, byte[] one) {
        byte[] body = Burden.repeated((length - 20) / one.length, one);
        for (int i = 0; i < count; i++) {
            parts.function(parts.empty(), body);
        }
    }

    private static void nested(BurdenParts parts, int share, byte[] open, byte[] close) {
        int depth = 3900;
        byte[] body = join(Burden.repeated(depth, open), Burden.repeated(depth, close));
        for (int i = 0; i < 8 / share; i++) {
            parts.function(parts.empty(), body);
        }
    }

    private static void nestedTries(BurdenParts parts, int depth, byte[] open) {
        parts.function(
                parts.empty(),
                join(Burden.repeated(depth, open), bytes(0x01), Bombs.repeated(depth, 0x0b)));
    }
}
