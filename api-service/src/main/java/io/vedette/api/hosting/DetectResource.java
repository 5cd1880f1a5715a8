package io.vedette.api.hosting;

import io.vedette.api.aws.Caller;
import io.vedette.api.aws.RequestedVersion;
import io.vedette.api.aws.SentBody;
import io.vedette.api.hosting.DetectAnswers.DetectAnomaliesResponse;
import io.vedette.api.model.ModelKey;
import io.vedette.common.ProjectName;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** DetectAnomalies (specification §1.6, §7). */
@Path("/2020-11-20/projects/{projectName}/models/{modelVersion}/detect")
class DetectResource {
    private final DetectCalls calls;
    private final Detections detections;
    private final SentBody body;
    private final Caller caller;

    DetectResource(DetectCalls calls, Detections detections, SentBody body, Caller caller) {
        this.calls = calls;
        this.detections = detections;
        this.body = body;
        this.caller = caller;
    }

    @POST
    public DetectAnomaliesResponse detect(
            @PathParam("projectName") ProjectName project, @PathParam("modelVersion") RequestedVersion version) {
        DetectCalls.checkType(body);
        Target target = calls.target(new ModelKey(caller.scope(), project, version));
        return DetectAnomaliesResponse.of(detections.detect(target, false, calls.photograph(body, target)));
    }
}
