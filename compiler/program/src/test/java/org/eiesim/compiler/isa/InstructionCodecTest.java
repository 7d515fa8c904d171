package org.eiesim.compiler.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.eiesim.kernels.bits.FormatException;
import org.junit.jupiter.api.Test;

class InstructionCodecTest {
    static Instruction random(Opcode opcode, Random random) {
        long[] values = new long[opcode.fields().size()];
        for (int i = 0; i < values.length; i++) {
            Field field = opcode.fields().get(i);
            long range = field.max() - field.min() + 1;
            values[i] = switch (random.nextInt(3)) {
                case 0 -> field.min();
                case 1 -> field.max();
                default -> field.min() + (long) (random.nextDouble() * range);
            };
        }
        return Instruction.of(opcode, values);
    }

    @Test
    void everyInstructionComesBack() throws FormatException {
        Random random = new Random(1);
        for (Opcode opcode : Opcode.values()) {
            for (int i = 0; i < 200; i++) {
                Instruction instruction = random(opcode, random);
                long[] words = InstructionCodec.encode(instruction);
                assertThat(InstructionCodec.decode(words[0], words[1])).isEqualTo(instruction);
            }
        }
    }

    @Test
    void fieldsDoNotOverlapAndStayInsideOneWord() {
        for (Opcode opcode : Opcode.values()) {
            BitSet used = new BitSet();
            used.set(0, Opcode.OPCODE_BITS);
            for (Field field : opcode.fields()) {
                int low = opcode.lowBit(field);
                int high = low + field.width() - 1;
                assertThat(used.get(low, high + 1).isEmpty())
                        .as("%s %s", opcode, field)
                        .isTrue();
                assertThat(low / 64).isEqualTo(high / 64);
                used.set(low, high + 1);
            }
            assertThat(used.length()).isLessThanOrEqualTo(Opcode.INSTRUCTION_BITS);
        }
    }

    @Test
    void opcodesAreDistinct() {
        List<Integer> codes = new ArrayList<>();
        for (Opcode opcode : Opcode.values()) {
            codes.add(opcode.code());
        }
        assertThat(codes).doesNotHaveDuplicates();
    }

    @Test
    void aKnownEncoding() {
        Instruction swap = Instruction.of(Opcode.MATRIX_VECTOR, 3, 64, 1, 300, 784);
        assertThat(InstructionCodec.encode(swap)).containsExactly(0x0100000040000320L, 300L | 784L << 28);
        assertThat(swap).hasToString("matrix_vector image=3 position=64 accumulate=1 rows=300 columns=784");
    }

    @Test
    void decodingTakesOnlyWhatEncodingGives() {
        Random random = new Random(2);
        List<Opcode> opcodes = List.of(Opcode.values());
        int decoded = 0;
        for (int i = 0; i < 20_000; i++) {
            Opcode opcode = opcodes.get(random.nextInt(opcodes.size()));
            long low = (fewBits(random) & ~0xFFL) | opcode.code();
            long high = fewBits(random);
            try {
                long[] words = InstructionCodec.encode(InstructionCodec.decode(low, high));
                assertThat(words).containsExactly(low, high);
                decoded++;
            } catch (FormatException e) {
                assertThat(e).hasMessageStartingWith("instruction " + opcode.mnemonic());
            }
        }
        assertThat(decoded).isPositive();
    }

    private static long fewBits(Random random) {
        long bits = 0;
        for (int i = random.nextInt(6); i > 0; i--) {
            bits |= 1L << random.nextInt(Long.SIZE);
        }
        return bits;
    }

    @Test
    void errorsNameInstructionAndField() {
        assertThatThrownBy(() -> InstructionCodec.decode(0xEE, 0)).hasMessage("instruction: unknown opcode 0xee");
        assertThatThrownBy(() -> InstructionCodec.decode(Opcode.HALT.code(), 1))
                .hasMessage("instruction halt: bits outside its fields are set");
        long activation = 15L << (Opcode.SET_LAYER.lowBit(Field.ACTIVATION) - 64);
        assertThatThrownBy(() -> InstructionCodec.decode(Opcode.SET_LAYER.code(), activation))
                .hasMessage("instruction set_layer: activation must be at most 11, not 15");
        assertThatThrownBy(() -> Instruction.of(Opcode.REPEAT, 1L << 24, 1))
                .hasMessage("repeat: times must be 0..16777215, not 16777216");
    }
}
