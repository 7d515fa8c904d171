package org.eiesim.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.eiesim.kernels.linalg.SparseProduct;
import org.eiesim.simulator.machine.ProductImage;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.sparse.csc.mult.MatrixVectorMult_DSCC;
import org.ojalgo.matrix.store.ColumnsSupplier;
import org.ojalgo.matrix.store.R064CSC;
import org.ojalgo.matrix.store.R064CSR;
import org.ojalgo.matrix.store.R064Store;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The product of a sparse matrix and a vector of which part is zero, beside EJML and ojAlgo. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the method marked @Setup before any other.
public class SparseProductBenchmark {
    /** A layer as in {@link ExactEngineBenchmark}. */
    @Param({"fc8-like", "Alex-7", "NT-We"})
    public String layer;

    private ProductImage image;
    private PlainProduct plain;
    private float[] inputs;
    private float[] outputs;
    private DMatrixSparseCSC ejmlMatrix;
    private R064CSC ojAlgoColumns;
    private R064CSR ojAlgoRows;
    private double[] doubleInputs;
    private double[] doubleOutputs;
    private R064Store ojAlgoInputs;
    private R064Store ojAlgoOutputs;

    /**
     * Prepares the layer.
     *
     * @throws IOException if a dump cannot be read
     */
    @Setup
    public void prepare() throws IOException {
        Layers layers = Layers.open(layer);
        image = layers.image();
        plain = new PlainProduct(image, layers.inputs());
        inputs = plain.inputs;
        outputs = new float[plain.numRows];
        doubleInputs = plain.doubleInputs();
        doubleOutputs = new double[plain.numRows];
        ejmlMatrix = plain.toEjml();
        ColumnsSupplier<Double> columns = R064Store.FACTORY.makeColumnsSupplier(plain.numRows);
        for (int column = 0; column < plain.numColumns; column++) {
            var sparse = columns.addColumn();
            for (int entry = plain.starts[column]; entry < plain.starts[column + 1]; entry++) {
                sparse.set(plain.rows[entry], (double) plain.weights[entry]);
            }
        }
        ojAlgoColumns = columns.toCSC();
        ojAlgoRows = columns.toCSR();
        ojAlgoInputs = R064Store.FACTORY.column(doubleInputs);
        ojAlgoOutputs = R064Store.FACTORY.make(plain.numRows, 1);
    }

    /**
     * The columns of live inputs.
     *
     * @return the outputs
     */
    @Benchmark
    public float[] plainColumns() {
        return plain.multiply();
    }

    /**
     * The reference product of the kernels, straight from the encoded streams.
     *
     * @return the outputs
     */
    @Benchmark
    public float[] encodedStreams() {
        Arrays.fill(outputs, 0);
        SparseProduct.multiplyAdd(image.matrix(), image.codebook(), inputs, outputs);
        return outputs;
    }

    /**
     * EJML, compressed columns.
     *
     * @return the outputs
     */
    @Benchmark
    public double[] ejml() {
        MatrixVectorMult_DSCC.mult(ejmlMatrix, doubleInputs, 0, doubleOutputs, 0);
        return doubleOutputs;
    }

    /**
     * ojAlgo, compressed columns.
     *
     * @return the outputs
     */
    @Benchmark
    public R064Store ojAlgoColumns() {
        ojAlgoColumns.multiply(ojAlgoInputs, ojAlgoOutputs);
        return ojAlgoOutputs;
    }

    /**
     * ojAlgo, compressed rows.
     *
     * @return the outputs
     */
    @Benchmark
    public R064Store ojAlgoRows() {
        ojAlgoRows.multiply(ojAlgoInputs, ojAlgoOutputs);
        return ojAlgoOutputs;
    }
}
