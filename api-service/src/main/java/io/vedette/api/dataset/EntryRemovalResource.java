package io.vedette.api.dataset;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Caller;
import io.vedette.api.dataset.DatasetCalls.Target;
import io.vedette.common.DatasetType;
import io.vedette.common.ProjectName;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Takes single images out of a data set, for which the original API had no call. */
@Path("/vedette/v1/projects/{projectName}/datasets/{datasetType}/entry-removals")
class EntryRemovalResource {
    private static final int MOST = 1000;

    private final EntryRemoval removal;
    private final Caller caller;

    EntryRemovalResource(EntryRemoval removal, Caller caller) {
        this.removal = removal;
        this.caller = caller;
    }

    record EntryRemovalRequest(List<String> sourceRefs) {}

    /** @param removed how many of the images were in the data set, and are not any more */
    record EntryRemovalResponse(int removed, DatasetAnswers.ImageStats imageStats) {}

    @POST
    @Operation(
            summary = "Take images out of a data set",
            description =
                    "SourceRefs: 1 to 1000 addresses as in the manifest. The photographs themselves are not touched.")
    public EntryRemovalResponse remove(
            @PathParam("projectName") ProjectName project,
            @PathParam("datasetType") DatasetType type,
            EntryRemovalRequest request) {
        if (request == null || request.sourceRefs() == null) {
            throw AwsError.VALIDATION.because("SourceRefs is required.");
        }
        List<String> images = request.sourceRefs();
        if (images.isEmpty() || images.size() > MOST || images.stream().anyMatch(Objects::isNull)) {
            throw AwsError.VALIDATION.because("SourceRefs must be 1 to " + MOST + " addresses of images.");
        }
        return removal.remove(new Target(caller.scope(), project, type), images);
    }
}
