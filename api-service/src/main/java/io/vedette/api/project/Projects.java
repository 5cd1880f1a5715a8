package io.vedette.api.project;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Resource;
import io.vedette.common.ProjectName;
import io.vedette.common.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The projects of all accounts and regions; each is found only within its own. */
@ApplicationScoped
public class Projects implements PanacheRepositoryBase<ProjectEntity, UUID> {
    public Optional<Project> find(Scope scope, ProjectName name) {
        return find("account = ?1 and region = ?2 and name = ?3", scope.account(), scope.region(), name.value())
                .firstResultOptional()
                .map(ProjectEntity::state);
    }

    /** @throws io.vedette.api.aws.ServiceException NOT_FOUND, of the project */
    public Project require(Scope scope, ProjectName name) {
        return find(scope, name)
                .orElseThrow(() ->
                        AwsError.NOT_FOUND.because(Resource.project(name), "The project " + name + " does not exist."));
    }

    /** At most {@code limit} projects, by name, beginning after {@code name}; an empty text comes before all names. */
    List<Project> after(Scope scope, String name, int limit) {
        // By bytes, so that the order is the same whatever language the database was made for.
        List<?> rows = getEntityManager()
                .createNativeQuery(
                        "select * from project where account = ?1 and region = ?2 and name collate \"C\" > ?3"
                                + " order by name collate \"C\" limit ?4",
                        ProjectEntity.class)
                .setParameter(1, scope.account())
                .setParameter(2, scope.region())
                .setParameter(3, name)
                .setParameter(4, limit)
                .getResultList();
        return rows.stream()
                .map(ProjectEntity.class::cast)
                .map(ProjectEntity::state)
                .toList();
    }

    /** True for exactly one caller per account, region and name. */
    boolean add(Project project) {
        return getEntityManager()
                        .createNativeQuery("insert into project (project_id, account, region, name, created_at)"
                                + " values (?1, ?2, ?3, ?4, ?5) on conflict (account, region, name) do nothing")
                        .setParameter(1, project.projectId())
                        .setParameter(2, project.scope().account())
                        .setParameter(3, project.scope().region())
                        .setParameter(4, project.name().value())
                        .setParameter(5, project.createdAt())
                        .executeUpdate()
                == 1;
    }
}
