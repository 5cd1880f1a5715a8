package io.vedette.api.hosting;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Resource;
import io.vedette.api.aws.SentBody;
import io.vedette.api.model.ModelKey;
import io.vedette.api.project.Projects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Set;

/** What a detection must be before anybody looks at the photograph. */
@ApplicationScoped
class DetectCalls {
    private static final Set<String> TYPES = Set.of("image/jpeg", "image/png");
    private static final int LARGEST_FILE = 8 << 20; // specification §5.10

    private final Targets targets;
    private final Projects projects;
    private final DetectionMeters meters;

    DetectCalls(Targets targets, Projects projects, DetectionMeters meters) {
        this.targets = targets;
        this.projects = projects;
        this.meters = meters;
    }

    /** @throws io.vedette.api.aws.ServiceException NOT_FOUND, or CONFLICT if the model does not detect now */
    @Transactional
    Target target(ModelKey named) {
        Target target = targets.find(named.scope(), named.project(), named.version())
                .orElseThrow(() -> {
                    projects.require(named.scope(), named.project());
                    return AwsError.NOT_FOUND.because(
                            Resource.model(named.project(), named.version()),
                            "The project " + named.project() + " has no model version " + named.version() + ".");
                });
        if (!target.detects()) {
            throw AwsError.CONFLICT.because(
                    Resource.model(named.project(), target.arn().version()),
                    "The model version " + target.arn().version() + " is " + target.status()
                            + ". It must be HOSTED to detect anomalies.");
        }
        return target;
    }

    /** @throws io.vedette.api.aws.ServiceException VALIDATION if this can be no photograph */
    byte[] photograph(SentBody body, Target target) {
        if (!body.hasLength()) {
            throw AwsError.VALIDATION.because("The request must have a Content-Length.");
        }
        byte[] photograph = body.bytes();
        if (photograph.length == 0) {
            meters.invalidImage(target.arn());
            throw AwsError.VALIDATION.because("The request has no body: an image is expected.");
        }
        if (photograph.length > LARGEST_FILE) {
            meters.invalidImage(target.arn());
            throw AwsError.VALIDATION.because("The image in the request is larger than 8 MB.");
        }
        return photograph;
    }

    /** @throws io.vedette.api.aws.ServiceException VALIDATION in AWS's own words */
    static void checkType(SentBody body) {
        if (body.type().filter(TYPES::contains).isEmpty()) {
            throw AwsError.VALIDATION.because("content-type must be one of the following. image/jpeg, image/png");
        }
    }
}
