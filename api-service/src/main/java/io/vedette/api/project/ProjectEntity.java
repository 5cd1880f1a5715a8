package io.vedette.api.project;

import io.vedette.common.ProjectName;
import io.vedette.common.Scope;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code project}, but for the model numbers: those are counted where models are made. */
@Entity(name = "Project")
@Table(name = "project")
class ProjectEntity {
    @Id
    @Column(name = "project_id")
    UUID projectId;

    String account;
    String region;
    String name;

    @Column(name = "created_at")
    Instant createdAt;

    Project state() {
        return new Project(projectId, new Scope(account, region), new ProjectName(name), createdAt);
    }
}
