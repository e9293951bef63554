"""The manifest: core types by their schemas, Ray's own by the fields that KubeRay's types have."""

import json
import re
import shlex
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import kubernetes_validate
import pytest
from jsonschema import Draft202012Validator, ValidationError

from tests.deploy.files import ROOT, Node, documents, parse, ray_job

VERSIONS = ("1.30", kubernetes_validate.latest_version())
CORE = [one for one in documents("kuberay.yaml") if not one["apiVersion"].startswith("ray.io/")]


def templates(job: Node) -> Iterator[tuple[str, dict[str, Any]]]:
    """The pod templates inside a RayJob, by what their pods are for."""
    spec = job["spec"]
    yield "submitter", spec["submitterPodTemplate"]
    yield "head", spec["rayClusterSpec"]["headGroupSpec"]["template"]
    for group in spec["rayClusterSpec"]["workerGroupSpecs"]:
        yield group["groupName"], group["template"]


TEMPLATES = [pytest.param(template, id=name) for name, template in templates(ray_job())]
PODS = [*TEMPLATES, *(pytest.param(one, id="files") for one in CORE if one["kind"] == "Pod")]


def pod(template: Node) -> dict[str, Any]:
    """What stands in a template, as the pod that it would make."""
    metadata = {"name": "one"} | template.get("metadata", {})
    return {"apiVersion": "v1", "kind": "Pod", **template, "metadata": metadata}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("document", CORE, ids=lambda one: one["kind"])
def test_core_documents(document: dict[str, Any], version: str) -> None:
    kubernetes_validate.validate(document, version, strict=True)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("template", TEMPLATES)
def test_pod_templates(template: Node, version: str) -> None:
    kubernetes_validate.validate(pod(template), version, strict=True)


def test_a_misspelt_field_of_a_template_is_found() -> None:
    template = deepcopy(ray_job()["spec"]["rayClusterSpec"]["headGroupSpec"]["template"])
    template["spec"]["containers"][0]["livenessprobe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(pod(template), VERSIONS[-1], strict=True)


# Ray's own types have no schema where the tests run. This has the fields that the manifest uses,
# by hand from KubeRay's Go types (ray-operator/apis/ray/v1) and reference, and no others.
_STRINGS = {"type": "object", "additionalProperties": {"type": "string"}}
_COUNT = {"type": "integer", "minimum": 0}
_TEMPLATE = {"type": "object", "required": ["spec"]}


def _object(required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required.split(),
        "properties": properties,
    }


_HEAD = _object("rayStartParams template", rayStartParams=_STRINGS, template=_TEMPLATE)
_WORKERS = _object(
    "groupName minReplicas maxReplicas rayStartParams template",
    groupName={"type": "string"},
    replicas=_COUNT,
    minReplicas=_COUNT,
    maxReplicas=_COUNT,
    rayStartParams=_STRINGS,
    template=_TEMPLATE,
)
_CLUSTER = _object(
    "headGroupSpec",
    rayVersion={"type": "string"},
    authOptions=_object("", mode={"enum": ["disabled", "token"]}),
    headGroupSpec=_HEAD,
    workerGroupSpecs={"type": "array", "items": _WORKERS},
)
_JOB = _object(
    "rayClusterSpec",
    entrypoint={"type": "string"},
    backoffLimit=_COUNT,
    shutdownAfterJobFinishes={"type": "boolean"},
    suspend={"type": "boolean"},
    ttlSecondsAfterFinished=_COUNT,
    submitterPodTemplate=_TEMPLATE,
    rayClusterSpec=_CLUSTER,
)
_RAY_JOB = _object(
    "apiVersion kind metadata spec",
    apiVersion={"const": "ray.io/v1"},
    kind={"const": "RayJob"},
    # A name is part of others: KubeRay has 47 characters of it at most, and no dot.
    metadata=_object(
        "name namespace",
        name={"type": "string", "pattern": "^[a-z]([-a-z0-9]{0,45}[a-z0-9])?$"},
        namespace={"type": "string"},
    ),
    spec=_JOB,
)


def test_fields_of_ray() -> None:
    assert list(Draft202012Validator(_RAY_JOB).iter_errors(ray_job())) == []


@pytest.mark.parametrize("field", ["shutdownAfterJobFinished", "runtimeEnv"])
def test_a_field_that_ray_has_not_is_found(field: str) -> None:
    job = deepcopy(ray_job())
    job["spec"][field] = True
    with pytest.raises(ValidationError):
        Draft202012Validator(_RAY_JOB).validate(job)


@pytest.mark.parametrize("template", PODS)
def test_pods_keep_the_restricted_standard(template: Node) -> None:
    """What the namespace asks of each pod, by the label `enforce: restricted`."""
    spec = template["spec"]
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["runAsUser"] == 10001
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert not {"hostNetwork", "hostPID", "hostIPC"} & set(spec)
    for volume in spec["volumes"]:
        assert set(volume) - {"name"} <= {"emptyDir", "persistentVolumeClaim"}
    for container in spec["containers"]:
        guarded = container["securityContext"]
        assert guarded["allowPrivilegeEscalation"] is False
        assert guarded["readOnlyRootFilesystem"] is True
        assert guarded["capabilities"] == {"drop": ["ALL"]}


def names(kind: str) -> set[str]:
    return {one["metadata"]["name"] for one in documents("kuberay.yaml") if one["kind"] == kind}


@pytest.mark.parametrize("template", PODS)
def test_what_pods_refer_to_is_there(template: Node) -> None:
    spec = template["spec"]
    volumes = {volume["name"]: volume for volume in spec["volumes"]}
    claims = {
        v["persistentVolumeClaim"]["claimName"]
        for v in volumes.values()
        if len(v) > 1 and "persistentVolumeClaim" in v
    }
    assert claims <= names("PersistentVolumeClaim")
    for container in spec["containers"]:
        mounted = {mount["name"]: mount["mountPath"] for mount in container["volumeMounts"]}
        assert mounted.keys() == volumes.keys()
        assert mounted["tmp"] == "/tmp"  # noqa: S108 (all that a read-only image can write to)
        for source in container.get("envFrom", []):
            if "configMapRef" in source:
                assert source["configMapRef"]["name"] in names("ConfigMap")
            else:
                assert source["secretRef"]["optional"] is True
        ports = {port["name"] for port in container.get("ports", [])}
        for probe in (container[at] for at in container if at.endswith("Probe")):
            port = probe["httpGet"]["port"]
            assert isinstance(port, int) or port in ports


def test_the_job_waits_for_its_crawl() -> None:
    """KubeRay suspends no job whose cluster would stay when it has ended."""
    spec = ray_job()["spec"]
    assert spec["suspend"] is True
    assert spec["shutdownAfterJobFinishes"] is True
    page = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
    (file,) = (one["metadata"]["name"] for one in CORE if one["kind"] == "Pod")
    let_go = re.search(r"kubectl -n (\S+) patch rayjob (\S+) --type merge -p '(.+)'", page)
    assert let_go is not None
    meant = ray_job()["metadata"]
    assert let_go.groups()[:2] == (meant["namespace"], meant["name"])
    assert json.loads(let_go[3]) == {"spec": {"suspend": False}}
    assert page.index(f"kubectl cp crawl sayso/{file}:/data/input") < let_go.start()


def test_the_files_are_where_the_job_has_them() -> None:
    (files,) = (one["spec"] for one in CORE if one["kind"] == "Pod")
    head = ray_job()["spec"]["rayClusterSpec"]["headGroupSpec"]["template"]["spec"]
    for name in ("volumes", "securityContext"):
        assert files[name] == head[name]
    assert files["containers"][0]["volumeMounts"] == head["containers"][0]["volumeMounts"]


def test_a_page_that_failed_is_no_failed_job() -> None:
    """What the option does is tested with the command: `tests/cli/test_batch.py`."""
    call = parse(shlex.split(ray_job()["spec"]["entrypoint"]))
    assert call.params["accept_failures"] is True
    assert call.params["ray"] == "auto"


def test_all_is_in_one_namespace() -> None:
    (namespace,) = names("Namespace")
    rest = [one for one in documents("kuberay.yaml") if one["kind"] != "Namespace"]
    assert {one["metadata"]["namespace"] for one in rest} == {namespace}


def test_a_worker_has_whole_cores_and_what_it_asks_for() -> None:
    """KubeRay tells Ray limits.cpu, rounded up; the engine starts as many reading processes."""
    for group in ray_job()["spec"]["rayClusterSpec"]["workerGroupSpecs"]:
        (container,) = group["template"]["spec"]["containers"]
        resources = container["resources"]
        assert resources["requests"] == resources["limits"]
        assert int(resources["limits"]["cpu"]) >= 1
        assert "num-cpus" not in group["rayStartParams"]


def test_the_head_reads_nothing() -> None:
    head = ray_job()["spec"]["rayClusterSpec"]["headGroupSpec"]
    assert head["rayStartParams"]["num-cpus"] == "0"
