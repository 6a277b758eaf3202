"""moto's server, and the one answer it lacks that Terraform waits for: the tags of autoscaling's targets.

python scripts/aws-emulator.py -H 127.0.0.1 -p PORT        needs the package moto[server,all]
"""

import json
import sys

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse as Autoscaling
from moto.server import main

tags: dict[str, dict[str, str]] = {}
register = Autoscaling.register_scalable_target


def register_scalable_target(self) -> str:
    answer = register(self)
    given = self._get_param("Tags")
    if given is not None:
        tags[json.loads(answer)["ScalableTargetARN"]] = given
    return answer


def list_tags_for_resource(self) -> str:
    return json.dumps({"Tags": tags.get(self._get_param("ResourceARN"), {})})


def tag_resource(self) -> str:
    tags.setdefault(self._get_param("ResourceARN"), {}).update(self._get_param("Tags") or {})
    return "{}"


def untag_resource(self) -> str:
    for key in self._get_param("TagKeys") or []:
        tags.get(self._get_param("ResourceARN"), {}).pop(key, None)
    return "{}"


Autoscaling.register_scalable_target = register_scalable_target
Autoscaling.list_tags_for_resource = list_tags_for_resource
Autoscaling.tag_resource = tag_resource
Autoscaling.untag_resource = untag_resource

main(sys.argv[1:])
