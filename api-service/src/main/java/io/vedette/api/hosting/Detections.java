package io.vedette.api.hosting;

import io.quarkus.logging.Log;
import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.ServiceException;
import io.vedette.common.inference.Detected;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Has a photograph scored, and puts what may go wrong into the API's words. */
@Singleton
class Detections {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 1000;

    private final InferenceClient inference;
    private final InferenceSettings settings;
    private final DetectionMeters meters;
    private final Demand demand;
    private final Semaphore calls;

    Detections(InferenceClient inference, InferenceSettings settings, DetectionMeters meters, Demand demand) {
        this.inference = inference;
        this.settings = settings;
        this.meters = meters;
        this.demand = demand;
        this.calls = new Semaphore(settings.mostCalls());
    }

    /**
     * @param model one that detects
     * @throws ServiceException VALIDATION, THROTTLING or INTERNAL
     */
    Detected detect(Target model, boolean details, byte[] photograph) {
        if (!calls.tryAcquire()) {
            meters.throttled(model.arn());
            throw AwsError.THROTTLING.because("Too many detections at once.").retryAfter(SOON);
        }
        long start = System.nanoTime();
        Target sized = model.sized(demand.enter(model.modelId(), model.units(), model.mostUnits()));
        try {
            Detected result = patiently(sized, details, photograph);
            meters.succeeded(model.arn(), result, System.nanoTime() - start);
            return result;
        } catch (InferenceRefusal refusal) {
            throw told(model, refusal);
        } finally {
            demand.leave(model.modelId());
            calls.release();
        }
    }

    /** A service that was killed is back in seconds: the caller need not know. */
    private Detected patiently(Target model, boolean details, byte[] photograph) {
        long giveUpAt = System.nanoTime() + settings.patience().toNanos();
        for (long pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
            try {
                return inference.detect(model, details, photograph);
            } catch (InferenceRefusal refusal) {
                if (!refusal.mayPass() || System.nanoTime() > giveUpAt || !rested(pause)) {
                    throw refusal;
                }
            }
        }
    }

    private static boolean rested(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ServiceException told(Target model, InferenceRefusal refusal) {
        if (refusal.isBadImage()) {
            meters.invalidImage(model.arn());
            return AwsError.VALIDATION.because(refusal.getMessage());
        }
        if (refusal.isOverloaded()) {
            meters.throttled(model.arn());
            return AwsError.THROTTLING.because(refusal.getMessage()).retryAfter(SOON);
        }
        meters.failed(model.arn());
        Log.warnf("failed detection model=%s: %s", model.arn(), refusal.getMessage());
        ServiceException failure = AwsError.INTERNAL.because("The service failed. Try again later.");
        return refusal.mayPass() ? failure.retryAfter(SOON) : failure;
    }
}
