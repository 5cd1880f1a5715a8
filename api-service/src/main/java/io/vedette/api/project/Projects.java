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

    /**
     * As {@link #require}, and nobody deletes the project before this transaction ends.
     *
     * @throws io.vedette.api.aws.ServiceException NOT_FOUND, of the project
     */
    public Project hold(Scope scope, ProjectName name) {
        lock(require(scope, name).projectId(), "for key share");
        return require(scope, name);
    }

    /** Until this transaction ends, nobody else makes a model of this project, or deletes the project or its data. */
    public void holdAlone(UUID projectId) {
        lock(projectId, "for update");
    }

    private void lock(UUID projectId, String how) {
        getEntityManager()
                .createNativeQuery("select 1 from project where project_id = ?1 " + how)
                .setParameter(1, projectId)
                .getResultList();
    }

    /** False if the project has data sets or models, or is gone. To be held alone before. */
    boolean remove(UUID projectId) {
        return getEntityManager()
                        .createNativeQuery("delete from project p where p.project_id = ?1"
                                + " and not exists (select 1 from dataset d where d.project_id = p.project_id)"
                                + " and not exists (select 1 from model m where m.project_id = p.project_id)")
                        .setParameter(1, projectId)
                        .executeUpdate()
                == 1;
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
