package io.vedette.api.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.api.aws.AwsError;
import io.vedette.api.policy.Decision;
import io.vedette.api.policy.Policy;
import io.vedette.api.policy.Question;
import io.vedette.common.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Decides whether a caller's policies allow what a request asks for. */
@ApplicationScoped
public class Authorisation {
    private static final Set<Operation> WITH_TAGS = Set.of(Operation.CREATE_MODEL, Operation.TAG_RESOURCE);

    private final ObjectMapper json;
    private final ModelFacts models;

    Authorisation(ObjectMapper json, ModelFacts models) {
        this.json = json;
        this.models = models;
    }

    /**
     * Asks the database: not to be called on an event loop.
     *
     * @param principal the caller's ARN, for the message
     * @throws io.vedette.api.aws.ServiceException ACCESS_DENIED if they do not allow it
     */
    public void check(Request request, String principal, List<Policy> policies) {
        RequestBody body = RequestBody.of(request.body(), json);
        Target target = request.target();
        Map<String, String> tags =
                target.operation().filter(WITH_TAGS::contains).isPresent() ? body.tags() : Map.of();
        String resource = resource(request, body);
        RequestContext context = new RequestContext(request, tags, resourceTags(request.scope(), resource));
        require(policies, new Question(target.action(), resource, context::values), principal);
        if (!tags.isEmpty()
                && target.operation().filter(Operation.CREATE_MODEL::equals).isPresent()) {
            require(policies, new Question(Operation.TAG_RESOURCE.action(), resource, context::values), principal);
        }
    }

    private static void require(List<Policy> policies, Question question, String principal) {
        Decision decision = Policy.decide(policies, question);
        if (decision != Decision.ALLOWED) {
            throw AwsError.ACCESS_DENIED.because("User: " + principal + " is not authorized to perform: "
                    + question.action() + " on resource: " + question.resource()
                    + (decision == Decision.DENIED
                            ? " with an explicit deny in an identity-based policy."
                            : " because no identity-based policy allows the " + question.action() + " action."));
        }
    }

    private String resource(Request request, RequestBody body) {
        Target target = request.target();
        Scope scope = request.scope();
        String project = target.label("projectName");
        return switch (target.subject()) {
            case PROJECT -> scope.arn("project/" + project);
            case PROJECT_IN_BODY ->
                scope.arn("project/" + body.text("ProjectName").orElse("*"));
            case ALL_PROJECTS -> scope.arn("project/*");
            case NEW_MODEL -> scope.arn("model/" + project + "/*");
            case MODEL -> model(scope, project, target.label("modelVersion"));
            case MODEL_IN_BODY ->
                model(scope, project, body.text("ModelVersion").orElse("*"));
            case GIVEN_MODEL -> target.label("resourceArn");
            case ANY -> "arn:aws:vedette:" + scope.region() + ":" + scope.account() + ":" + target.path();
        };
    }

    private String model(Scope scope, String project, String version) {
        return scope.arn("model/" + project + "/" + models.version(scope, project, version));
    }

    private Supplier<Map<String, String>> resourceTags(Scope scope, String resource) {
        String models = scope.arn("model/");
        if (!resource.startsWith(models)) {
            return Map::of;
        }
        String[] name = resource.substring(models.length()).split("/");
        return name.length == 2 ? () -> this.models.tags(scope, name[0], name[1]) : Map::of;
    }
}
