package io.vedette.trainer;

import io.smallrye.config.SmallRyeConfig;
import io.vedette.common.event.EventJson;
import io.vedette.common.event.WorkEvent.ModelTrained;
import io.vedette.common.event.WorkEvent.TrainRequested;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.ObjectStoreException;
import io.vedette.runtime.PlainRecords;
import io.vedette.runtime.S3Settings;
import io.vedette.runtime.StorePatience;
import io.vedette.runtime.UsersMistake;
import io.vedette.runtime.Work;
import io.vedette.runtime.WorkFailure;
import io.vedette.runtime.WorkerSettings;
import io.vedette.trainer.TrainingMessage.Order;
import io.vedette.trainer.TrainingMessage.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import org.jboss.logging.Logger;

/**
 * The process in which one model is trained: it is given an {@link Order} on its standard input and answers with a
 * {@link TrainingMessage} a line. PyTorch may crash it or the system may kill it without harm to the worker, and all its
 * memory, of the GPU too, is free when it ends. It ends at once when its standard input does: its worker is gone.
 */
final class TrainingProcess {
    private static final Logger LOG = Logger.getLogger(TrainingProcess.class);
    private static final long LIVELY = 500_000_000L;

    private final PrintStream answers;

    private TrainingProcess(PrintStream answers) {
        this.answers = answers;
    }

    public static void main(String[] arguments) throws IOException {
        TrainingProcess process = new TrainingProcess(System.out);
        System.setOut(System.err); // whatever a library prints is no answer
        for (Handler handler : LogManager.getLogManager().getLogger("").getHandlers()) {
            handler.setFilter(new PlainRecords());
        }
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Order order = EventJson.mapper().readValue(orders.readLine(), Order.class);
        endWith(orders);
        logAsItsWorker(order);
        process.answer(process.train(order));
        System.exit(0);
    }

    private static void logAsItsWorker(Order order) {
        boolean json = ProcessSettings.read()
                .getOptionalValue("vedette.log.json", Boolean.class)
                .orElse(false);
        if (!json) {
            return;
        }
        JsonLines lines =
                new JsonLines(order.runId(), order.request().modelArn().toString(), order.traceparent());
        for (Handler handler : LogManager.getLogManager().getLogger("").getHandlers()) {
            handler.setFormatter(lines);
        }
    }

    private static void endWith(BufferedReader orders) {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (orders.readLine() != null) {
                            LOG.debug("more than one order");
                        }
                    } catch (IOException closed) {
                        LOG.debug("the worker is gone", closed);
                    }
                    Runtime.getRuntime().halt(0);
                },
                "worker-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private TrainingMessage train(Order order) {
        try {
            return TrainingMessage.of(perform(order));
        } catch (UsersMistake mistake) {
            return TrainingMessage.mistake(mistake.getMessage());
        } catch (ObjectStoreException.Unavailable unavailable) {
            return TrainingMessage.unavailable(unavailable.getMessage());
        } catch (Exception | LinkageError | OutOfMemoryError fault) {
            LOG.error("failed run=" + order.runId(), fault);
            return TrainingMessage.fault(WorkFailure.sentence(fault));
        }
    }

    private ModelTrained perform(Order order) throws IOException {
        SmallRyeConfig config = ProcessSettings.read();
        try (ObjectStore store = new ObjectStore(config.getConfigMapping(S3Settings.class))) {
            Training training = new Training(
                    store,
                    new ArtifactWriter(store, order.version()),
                    config.getConfigMapping(LearningSettings.class),
                    config.getConfigMapping(WorkerSettings.class));
            return training.perform(new Task(order));
        }
    }

    private synchronized void answer(TrainingMessage message) {
        try {
            answers.println(EventJson.mapper().writeValueAsString(message));
            answers.flush();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The order as the training sees it. To stop it, its process is ended. */
    private final class Task implements Work<TrainRequested> {
        private final Order order;
        private final StorePatience patience;
        private String phase = "";
        private long toldAt;

        private Task(Order order) {
            this.order = order;
            this.patience = new StorePatience(order.runId(), new CountDownLatch(1), () -> {});
        }

        @Override
        public TrainRequested request() {
            return order.request();
        }

        @Override
        public UUID id() {
            return order.runId();
        }

        @Override
        public synchronized void progress(String nextPhase, long done, long total) {
            if (!nextPhase.equals(phase) || System.nanoTime() - toldAt > LIVELY) {
                phase = nextPhase;
                toldAt = System.nanoTime();
                answer(TrainingMessage.of(new Progress(phase, done, total)));
            }
        }

        @Override
        public <T> T patiently(Supplier<T> request) {
            return patience.ask(request);
        }
    }
}
