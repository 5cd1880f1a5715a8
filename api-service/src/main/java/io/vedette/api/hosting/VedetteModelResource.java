package io.vedette.api.hosting;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Caller;
import io.vedette.api.aws.RequestedVersion;
import io.vedette.api.aws.SentBody;
import io.vedette.api.hosting.HostingAnswers.Units;
import io.vedette.api.hosting.ThresholdAnswers.ChangeRequest;
import io.vedette.api.hosting.ThresholdAnswers.ThresholdResponse;
import io.vedette.api.hosting.VedetteAnswers.DetectResponse;
import io.vedette.api.model.ModelKey;
import io.vedette.common.ProjectName;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.OptionalDouble;

/** What AWS never had for a hosted model: scores, heat, other units without a gap, other thresholds. */
@Path("/vedette/v1/projects/{projectName}/models/{modelVersion}")
class VedetteModelResource {
    private final HostingCalls hosting;
    private final DetectCalls calls;
    private final Detections detections;
    private final ThresholdCalls thresholds;
    private final Call call;

    VedetteModelResource(
            HostingCalls hosting, DetectCalls calls, Detections detections, ThresholdCalls thresholds, Call call) {
        this.hosting = hosting;
        this.calls = calls;
        this.detections = detections;
        this.thresholds = thresholds;
        this.call = call;
    }

    /** Who calls, and with what. */
    @jakarta.enterprise.context.Dependent
    record Call(Caller caller, SentBody body) {}

    @POST
    @Path("detect")
    public DetectResponse detect(
            @PathParam("projectName") ProjectName project,
            @PathParam("modelVersion") RequestedVersion version,
            @QueryParam("threshold") Double threshold) {
        DetectCalls.checkType(call.body());
        if (threshold != null && !Double.isFinite(threshold)) {
            throw AwsError.VALIDATION.because("threshold must be a finite number.");
        }
        Target model = calls.target(named(project, version));
        Target asked = threshold == null ? model : model.at(OptionalDouble.of(threshold));
        return DetectResponse.of(model, detections.detect(asked, true, calls.photograph(call.body(), model)));
    }

    @PUT
    @Path("inference-units")
    public Units resize(
            @PathParam("projectName") ProjectName project,
            @PathParam("modelVersion") RequestedVersion version,
            Units request) {
        return hosting.resize(named(project, version), Units.checked(request));
    }

    /** @param at a threshold to try on the test images of the evaluation */
    @GET
    @Path("threshold")
    public ThresholdResponse threshold(
            @PathParam("projectName") ProjectName project,
            @PathParam("modelVersion") RequestedVersion version,
            @QueryParam("at") Double at) {
        return thresholds.answer(thresholds.standing(named(project, version)), at);
    }

    @PUT
    @Path("threshold")
    public ThresholdResponse changeThreshold(
            @PathParam("projectName") ProjectName project,
            @PathParam("modelVersion") RequestedVersion version,
            ChangeRequest request) {
        if (request == null) {
            throw AwsError.VALIDATION.because("Threshold is required; null is for the learned one.");
        }
        return thresholds.answer(
                thresholds.change(
                        named(project, version),
                        request.threshold(),
                        call.caller().accessKeyId()),
                null);
    }

    private ModelKey named(ProjectName project, RequestedVersion version) {
        return new ModelKey(call.caller().scope(), project, version);
    }
}
