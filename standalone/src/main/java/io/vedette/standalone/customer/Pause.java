package io.vedette.standalone.customer;

/** Between two questions to the service. */
final class Pause {
    private Pause() {}

    static void of(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingFailure("Interrupted; a training that was accepted goes on in the service.");
        }
    }
}
