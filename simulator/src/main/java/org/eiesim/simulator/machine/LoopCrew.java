package org.eiesim.simulator.machine;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs the iterations of independent loops for one input of the network: in blocks, dealt out to as many workers as there
 * are threads to spare. Which blocks there are does not depend on the threads, so neither do the results.
 */
final class LoopCrew {
    /** Values of a block's source registers that stay in a core's second cache. */
    private static final int BLOCK_VALUES = 1 << 17;
    /** Blocks there should be at least, so that threads end at about the same time. */
    private static final int MIN_BLOCKS = 8;

    private final List<ProgramWorker> members = new ArrayList<>();
    private final int maxVectors;

    /**
     * Makes a crew.
     *
     * @param owner whose loops it runs
     * @param numThreads threads, the owner's among them
     * @param registerLength values of a register file the program uses
     */
    LoopCrew(ProgramWorker owner, int numThreads, int registerLength) {
        maxVectors =
                Math.min(BlockRegisters.MAX_VECTORS, BlockRegisters.stride(BLOCK_VALUES / Math.max(1, registerLength)));
        for (int i = 0; i < numThreads; i++) {
            members.add(new ProgramWorker(owner, maxVectors));
        }
    }

    /** Runs the iterations 0..numIterations-1 of a loop. */
    void run(ProgramWorker owner, IndependentLoop loop, int numIterations) {
        int size = Math.min(maxVectors, BlockRegisters.stride(numIterations / MIN_BLOCKS));
        int numBlocks = (numIterations + size - 1) / size;
        members.forEach(member -> member.enterLoop(owner));
        new InputQueue(numBlocks, members.size(), done -> {})
                .runOn(
                        members,
                        (member, block) ->
                                member.runIterations(loop, block * size, Math.min(numIterations, (block + 1) * size)));
    }

    List<ProgramWorker> members() {
        return members;
    }
}
