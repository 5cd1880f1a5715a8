package io.vedette.standalone.faults;

import java.util.concurrent.Callable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lookoutvision.model.LookoutVisionException;

/** What a patient caller makes of the answers of a service that is in trouble. */
final class Insistence {
    private Insistence() {}

    /** Null if nobody was there, if a server was at fault, or if there was no room: then it is worth another try. */
    static <T> T attempt(Callable<T> call) throws Exception {
        try {
            return call.call();
        } catch (LookoutVisionException refused) {
            if (refused.statusCode() < 500 && refused.statusCode() != 429) {
                throw refused;
            }
            return null;
        } catch (SdkException unreachable) {
            return null;
        }
    }
}
