package io.vedette.api.check;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Caller;
import io.vedette.api.check.CheckCalls.Target;
import io.vedette.api.check.DatasetCheck.Finding;
import io.vedette.api.check.DatasetCheck.Findings;
import io.vedette.api.check.DatasetCheck.Status;
import io.vedette.common.DatasetType;
import io.vedette.common.ProjectName;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Names every image of a data set that a training would stumble over, without training. */
@Path("/vedette/v1/projects/{projectName}/datasets/{datasetType}/checks")
class CheckResource {
    private final CheckCalls checks;
    private final Caller caller;

    CheckResource(CheckCalls checks, Caller caller) {
        this.checks = checks;
        this.caller = caller;
    }

    /**
     * @param findingCount so far; may be more than there are in {@code findings}
     * @param findings the first thousand; none in the answer to the call that begins the check
     */
    record CheckResponse(
            UUID checkId,
            Status status,
            String statusMessage,
            int total,
            int done,
            Instant askedAt,
            Instant endedAt,
            Integer findingCount,
            List<Finding> findings) {

        static CheckResponse of(DatasetCheck check, Findings findings) {
            return new CheckResponse(
                    check.checkId(),
                    check.status(),
                    check.statusMessage(),
                    check.total(),
                    check.done(),
                    check.askedAt(),
                    check.endedAt(),
                    findings == null ? null : findings.count(),
                    findings == null ? null : findings.first());
        }
    }

    @POST
    @ResponseStatus(202)
    @Operation(
            summary = "Check the images of a data set",
            description = "Nothing is trained. One check at a time: a second call is told of the one that goes on.")
    public CheckResponse begin(
            @PathParam("projectName") ProjectName project, @PathParam("datasetType") DatasetType type) {
        return CheckResponse.of(checks.begin(new Target(caller.scope(), project, type)), null);
    }

    @GET
    @Path("{checkId}")
    @Operation(
            summary = "How far a check is, and what it has found",
            description = "Only the last check of a data set is kept.")
    public CheckResponse describe(
            @PathParam("projectName") ProjectName project,
            @PathParam("datasetType") DatasetType type,
            @PathParam("checkId") String checkId) {
        CheckCalls.Told told = checks.tell(new Target(caller.scope(), project, type), id(checkId));
        return CheckResponse.of(told.check(), told.findings());
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw AwsError.VALIDATION.because("checkId must be an id as the call that began the check gave it.");
        }
    }
}
