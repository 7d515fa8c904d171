package org.eiesim.simulator.machine;

import java.util.Arrays;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.program.LayerFormats;
import org.eiesim.kernels.fixed.FixedPoint;
import org.eiesim.kernels.fixed.QFormat;
import org.eiesim.kernels.fixed.Rounding;
import org.eiesim.simulator.element.Arithmetic;
import org.jspecify.annotations.Nullable;

/**
 * Register files of raw fixed-point numbers. Inputs are rounded half up to the input format, biases to the accumulator's;
 * at the end of a layer sums are shifted to the output format with the machine's rounding. What does not fit saturates
 * and is counted.
 */
final class FixedPointRegisters implements RegisterFiles {
    private final Rounding rounding;
    private final float[] gathered;
    private int[] source;
    private int[] destination;
    private int sourceCount;
    private int destinationCount;
    private @Nullable QFormat sourceFormat;
    private @Nullable QFormat destinationFormat;
    private @Nullable LayerFormats formats;
    private LayerTally tally;

    FixedPointRegisters(int length, Rounding rounding, LayerTally none) {
        this.rounding = rounding;
        gathered = new float[length];
        source = new int[length];
        destination = new int[length];
        tally = none;
    }

    @Override
    public void startInput() {
        sourceCount = 0;
        sourceFormat = null;
    }

    @Override
    public void startLayer(LayerTally layer) {
        tally = layer;
        formats = null;
    }

    @Override
    public void setFormats(@Nullable LayerFormats layerFormats) {
        formats = layerFormats;
    }

    private LayerFormats formats() {
        if (formats == null) {
            throw new IllegalStateException("the layer has no fixed-point formats");
        }
        return formats;
    }

    @Override
    public Arithmetic arithmetic() {
        LayerFormats layer = formats();
        return new Arithmetic.FixedPoint(layer.input(), layer.weight(), layer.accumulator(), rounding);
    }

    @Override
    public void load(float[] buffer, int offset, int step, int position, int count) {
        convertSource(formats().input());
        float[] values = buffer;
        int first = offset;
        if (step != 1) {
            for (int i = 0; i < count; i++) {
                gathered[i] = buffer[offset + i * step];
            }
            values = gathered;
            first = 0;
        }
        tally.events.saturations +=
                FixedPoint.quantize(values, first, count, formats().input(), source, position);
        sourceCount = Math.max(sourceCount, position + count);
    }

    /** Brings what the source register file holds into the input format of the layer. */
    private void convertSource(QFormat input) {
        QFormat held = sourceFormat;
        if (held != null && !held.equals(input)) {
            for (int i = 0; i < sourceCount; i++) {
                source[i] = round(FixedPoint.dequantize(source[i], held), input);
            }
        }
        sourceFormat = input;
    }

    @Override
    public void loadBias(float[] bias, int offset, int count) {
        destinationFormat = formats().accumulator();
        tally.events.saturations +=
                FixedPoint.quantize(bias, offset, count, formats().accumulator(), destination, 0);
        destinationCount = count;
    }

    @Override
    public void clear(int count) {
        destinationFormat = formats().accumulator();
        Arrays.fill(destination, 0, count, 0);
        destinationCount = count;
    }

    @Override
    public void run(PreparedProduct product, int position) {
        convertSource(formats().input());
        product.run(source, position, destination, tally.events);
    }

    @Override
    public void activate(ActivationCode function, int count) {
        OutputStage stage = new OutputStage(formats(), rounding, function);
        for (int i = 0; i < count; i++) {
            destination[i] = stage.apply(destination[i]);
            tally.output(stage.value(destination[i]), destination[i]);
        }
        tally.events.saturations += stage.saturations();
        destinationFormat = formats().output();
    }

    private int round(double value, QFormat to) {
        return saturate(Math.round(Math.scalb(value, to.fractionBits())), to);
    }

    private int saturate(long raw, QFormat to) {
        int kept = FixedPoint.saturate(raw, to);
        tally.events.saturations += kept == raw ? 0 : 1;
        return kept;
    }

    @Override
    public void store(int position, int count, float[] buffer, int offset, int step) {
        QFormat held = destinationFormat;
        if (held == null) {
            throw new IllegalStateException("the destination register file holds nothing");
        }
        for (int i = 0; i < count; i++) {
            buffer[offset + i * step] = (float) FixedPoint.dequantize(destination[position + i], held);
        }
    }

    @Override
    public void swap() {
        int[] held = source;
        source = destination;
        destination = held;
        sourceFormat = destinationFormat;
        sourceCount = destinationCount;
        destinationFormat = null;
    }
}
