package io.vedette.api.hosting;

import io.vedette.api.aws.AwsError;
import io.vedette.common.ModelStatus;

/** What StartModel, StopModel and the resizing take and give (specification §1.6). */
final class HostingAnswers {
    private HostingAnswers() {}

    /** Null stands for a member that is absent. */
    record Units(Integer minInferenceUnits, Integer maxInferenceUnits) {
        /** @throws io.vedette.api.aws.ServiceException VALIDATION naming the member that is wrong */
        static Units checked(Units units) {
            if (units == null || units.minInferenceUnits() == null) {
                throw AwsError.VALIDATION.because("MinInferenceUnits is required.");
            }
            if (units.minInferenceUnits() < 1) {
                throw AwsError.VALIDATION.because("MinInferenceUnits must be 1 or more.");
            }
            if (units.maxInferenceUnits() != null && units.maxInferenceUnits() < units.minInferenceUnits()) {
                throw AwsError.VALIDATION.because("MaxInferenceUnits must not be less than MinInferenceUnits.");
            }
            return units;
        }
    }

    record HostingResponse(ModelStatus status) {}
}
