package org.eiesim.simulator.machine;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.eiesim.compiler.isa.Field;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.TransferCode;

/**
 * A {@code repeat} whose iterations may run in any order and at the same time: each loads what its products read and
 * starts the accumulators it adds to, no iteration loads from a buffer that one stores to, and no two store to the same
 * element. The pixels of a convolution are such a loop, the time steps of a recurrent cell are not.
 *
 * @param instructions the repeated instructions
 * @param place where the first of them stands in the body
 * @param outputsPerIteration values one iteration activates
 */
record IndependentLoop(List<Instruction> instructions, int place, int outputsPerIteration) {
    /**
     * Looks at a repeat.
     *
     * @param body the program's body
     * @param place where the {@code repeat} stands
     * @param step distance of a transfer's values, by {@link TransferCode}
     * @param stride distance of a transfer's iterations
     * @return the loop, or nothing if its iterations depend on each other
     */
    static Optional<IndependentLoop> of(List<Instruction> body, int place, int[] step, long[] stride) {
        Instruction repeat = body.get(place);
        int first = place + 1;
        List<Instruction> instructions = body.subList(first, first + repeat.getInt(Field.LENGTH));
        Walk walk = new Walk();
        for (Instruction instruction : instructions) {
            if (!walk.isSelfContained(instruction)) {
                return Optional.empty();
            }
        }
        int store = TransferCode.STORE.code();
        boolean apart = !walk.loaded.intersects(walk.stored)
                && walk.storesApart(repeat.get(Field.TIMES), step[store], stride[store]);
        return apart ? Optional.of(new IndependentLoop(instructions, first, walk.numOutputs)) : Optional.empty();
    }

    /** What one iteration has defined up to an instruction. */
    private static final class Walk {
        private final BitSet sources = new BitSet();
        private final BitSet loaded = new BitSet();
        private final BitSet stored = new BitSet();
        private long accumulators;
        private int numOutputs;
        private long firstStored = Long.MAX_VALUE;
        private long storedOffset = -1;
        private long endStored;
        private long maxCount;
        private long offsetDivisor;

        boolean isSelfContained(Instruction instruction) {
            return switch (instruction.opcode()) {
                case LOAD_ACTIVATIONS -> {
                    int position = instruction.getInt(Field.POSITION);
                    sources.set(position, position + instruction.getInt(Field.COUNT));
                    loaded.set(instruction.getInt(Field.BUFFER));
                    yield true;
                }
                case LOAD_BIAS -> {
                    accumulators = instruction.get(Field.COUNT);
                    yield true;
                }
                case MATRIX_VECTOR -> product(instruction);
                case ACTIVATE -> {
                    numOutputs += instruction.getInt(Field.COUNT);
                    yield instruction.get(Field.COUNT) <= accumulators;
                }
                case STORE_ACTIVATIONS -> store(instruction);
                case LOAD_CODEBOOK, LOAD_WEIGHTS, LOAD_POINTERS, BARRIER -> true;
                default -> false;
            };
        }

        private boolean product(Instruction instruction) {
            int position = instruction.getInt(Field.POSITION);
            int end = position + instruction.getInt(Field.COLUMNS);
            if (sources.nextClearBit(position) < end) {
                return false;
            }
            if (instruction.isSet(Field.ACCUMULATE)) {
                return instruction.get(Field.ROWS) <= accumulators;
            }
            accumulators = instruction.get(Field.ROWS);
            return true;
        }

        private boolean store(Instruction instruction) {
            long offset = instruction.get(Field.OFFSET);
            long count = instruction.get(Field.COUNT);
            stored.set(instruction.getInt(Field.BUFFER));
            storedOffset = storedOffset < 0 ? offset : storedOffset;
            offsetDivisor = gcd(offsetDivisor, Math.abs(offset - storedOffset));
            firstStored = Math.min(firstStored, offset);
            maxCount = Math.max(maxCount, count);
            endStored = Math.max(endStored, offset);
            return instruction.get(Field.POSITION) + count <= accumulators;
        }

        /**
         * Tells whether iterations store to different elements: either each to a section of its own, or, all offsets being
         * multiples of the step apart, each to a residue of its own modulo the step.
         */
        boolean storesApart(long times, long step, long stride) {
            if (stored.isEmpty()) {
                return true;
            }
            long span = endStored - firstStored + Math.max(0, maxCount - 1) * step + 1;
            boolean sections = stride >= span;
            boolean interleaved = stride >= 1 && times * stride <= step && offsetDivisor % step == 0;
            return sections || interleaved;
        }

        private static long gcd(long a, long b) {
            return b == 0 ? a : gcd(b, a % b);
        }
    }
}
