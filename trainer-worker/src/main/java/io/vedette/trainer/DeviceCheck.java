package io.vedette.trainer;

import io.vedette.anomaly.backbone.Devices;
import org.jboss.logging.Logger;

/** The process that looks whether the device is there that trainings shall have: exit code 0, or 1 and a line in the log. */
final class DeviceCheck {
    private static final Logger LOG = Logger.getLogger(DeviceCheck.class);

    private DeviceCheck() {}

    public static void main(String[] arguments) {
        LearningSettings settings = ProcessSettings.read().getConfigMapping(LearningSettings.class);
        try {
            Devices.require(1, settings.place());
        } catch (IllegalArgumentException missing) {
            LOG.error(missing.getMessage());
            System.exit(1);
        }
    }
}
