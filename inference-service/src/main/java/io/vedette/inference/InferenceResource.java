package io.vedette.inference;

import io.vedette.anomaly.BadImage;
import io.vedette.common.inference.Detected;
import io.vedette.common.inference.InferenceCall;
import io.vedette.inference.Detection.Wanted;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalDouble;

/** What the api may ask for; see {@link InferenceCall}. */
@Path("/")
class InferenceResource {
    private static final int LARGEST_FILE = 8 << 20; // specification §5.10

    private final ModelCache models;
    private final Detection detection;

    InferenceResource(ModelCache models, Detection detection) {
        this.models = models;
        this.detection = detection;
    }

    @POST
    @Path(InferenceCall.LOAD)
    public void load(
            @QueryParam(InferenceCall.ARTIFACT) String artifact, @QueryParam(InferenceCall.CHECKSUM) String sha256) {
        models.get(new ModelKey(artifact, sha256));
    }

    @POST
    @Path(InferenceCall.UNLOAD)
    public void unload(
            @QueryParam(InferenceCall.ARTIFACT) String artifact, @QueryParam(InferenceCall.CHECKSUM) String sha256) {
        models.forget(new ModelKey(artifact, sha256));
    }

    @POST
    @Path(InferenceCall.DETECT)
    public Detected detect(
            @QueryParam(InferenceCall.ARTIFACT) String artifact,
            @QueryParam(InferenceCall.CHECKSUM) String sha256,
            @QueryParam(InferenceCall.UNITS) @DefaultValue("1") int units,
            @QueryParam(InferenceCall.THRESHOLD) Double threshold,
            @QueryParam(InferenceCall.DETAILS) boolean details,
            InputStream photograph)
            throws IOException {
        byte[] bytes = photograph.readNBytes(LARGEST_FILE + 1);
        if (bytes.length > LARGEST_FILE) {
            throw new BadImage("The image in the request is larger than 8 MB.");
        }
        OptionalDouble at = threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold);
        return detection.detect(new Wanted(new ModelKey(artifact, sha256), units, at, details), bytes);
    }
}
