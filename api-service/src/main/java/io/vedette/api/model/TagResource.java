package io.vedette.api.model;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Caller;
import io.vedette.api.aws.Shape;
import io.vedette.common.ModelArn;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** ListTagsForResource, TagResource and UntagResource (specification §1.7): the ARN is one segment, percent-encoded. */
@Path("/2020-11-20/tags/{resourceArn}")
class TagResource {
    private static final int LONGEST_ARN = 1011;

    private final TaggedModels models;
    private final Caller caller;

    TagResource(TaggedModels models, Caller caller) {
        this.models = models;
        this.caller = caller;
    }

    record ListTagsForResourceResponse(List<Tag> tags) {}

    record TagResourceRequest(List<Tag> tags) {}

    record TagResourceResponse() {}

    record UntagResourceResponse() {}

    @GET
    public ListTagsForResourceResponse list(@PathParam("resourceArn") String resourceArn) {
        return new ListTagsForResourceResponse(models.list(arn(resourceArn)));
    }

    @POST
    public TagResourceResponse tag(@PathParam("resourceArn") String resourceArn, TagResourceRequest request) {
        if (request == null || request.tags() == null) {
            throw AwsError.VALIDATION.because("Tags is required.");
        }
        List<Tag> tags = Tag.checked(request.tags());
        models.put(arn(resourceArn), Tag.stored(tags));
        return new TagResourceResponse();
    }

    /** @param tagKeys an empty list is sent as none at all */
    @DELETE
    public UntagResourceResponse untag(
            @PathParam("resourceArn") String resourceArn, @QueryParam("tagKeys") List<String> tagKeys) {
        if (tagKeys.size() > Tag.MOST) {
            throw AwsError.VALIDATION.because("tagKeys must be at most " + Tag.MOST + ".");
        }
        tagKeys.forEach(key -> Shape.TAG_KEY.required(key, "tagKeys"));
        models.remove(arn(resourceArn), tagKeys);
        return new UntagResourceResponse();
    }

    /** A model of the caller's; only models have tags. */
    private ModelArn arn(String text) {
        if (text.length() > LONGEST_ARN) {
            throw AwsError.VALIDATION.because("resourceArn must be at most " + LONGEST_ARN + " characters.");
        }
        ModelArn arn;
        try {
            arn = ModelArn.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw AwsError.VALIDATION.because("resourceArn must be the ARN of a model; only models have tags.");
        }
        if (!arn.scope().equals(caller.scope())) {
            throw AwsError.VALIDATION.because("resourceArn must be of the caller's own account and region.");
        }
        return arn;
    }
}
