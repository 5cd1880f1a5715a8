package io.vedette.api.hosting;

import io.vedette.api.aws.Caller;
import io.vedette.api.aws.RequestedVersion;
import io.vedette.api.hosting.HostingAnswers.HostingResponse;
import io.vedette.api.hosting.HostingAnswers.Units;
import io.vedette.api.model.ModelKey;
import io.vedette.common.ProjectName;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.jboss.resteasy.reactive.ResponseStatus;

/** StartModel and StopModel (specification §1.6). */
@Path("/2020-11-20/projects/{projectName}/models/{modelVersion}")
class HostingResource {
    private final HostingCalls hosting;
    private final Caller caller;

    HostingResource(HostingCalls hosting, Caller caller) {
        this.hosting = hosting;
        this.caller = caller;
    }

    @POST
    @Path("start")
    @ResponseStatus(202)
    public HostingResponse start(
            @PathParam("projectName") ProjectName project,
            @PathParam("modelVersion") RequestedVersion version,
            @HeaderParam("X-Amzn-Client-Token") String clientToken,
            Units request) {
        return hosting.start(new ModelKey(caller.scope(), project, version), Units.checked(request), clientToken);
    }

    @POST
    @Path("stop")
    @ResponseStatus(202)
    public HostingResponse stop(
            @PathParam("projectName") ProjectName project,
            @PathParam("modelVersion") RequestedVersion version,
            @HeaderParam("X-Amzn-Client-Token") String clientToken) {
        return hosting.stop(new ModelKey(caller.scope(), project, version), clientToken);
    }
}
