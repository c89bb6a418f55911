"""Expands a SAM template where it is, deploys the stack, and calls its function.

    deploy.py template.yaml stack-name
"""

import json
import sys

import boto3
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class ManagedPolicies:
    """None by name: templates name managed policies by their ARNs."""

    def load(self):
        return {}


file, stack = sys.argv[1:]
with open(file, encoding="utf-8") as template:
    expanded = transform(yaml_parse(template.read()), {}, ManagedPolicies())

cloudformation = boto3.client("cloudformation")
cloudformation.create_stack(
    StackName=stack, TemplateBody=json.dumps(expanded), Capabilities=["CAPABILITY_IAM"]
)
cloudformation.get_waiter("stack_create_complete").wait(
    StackName=stack, WaiterConfig={"Delay": 1, "MaxAttempts": 60}
)
[description] = cloudformation.describe_stacks(StackName=stack)["Stacks"]
outputs = {output["OutputKey"]: output["OutputValue"] for output in description["Outputs"]}
answer = boto3.client("lambda").invoke(FunctionName=outputs["Function"])["Payload"].read()
if json.loads(answer) != outputs["Stream"]:
    sys.exit(f"The function answered {answer!r}, and not {outputs['Stream']}.")
print(f"SAM: {description['StackStatus']}, and the function answers with its stream, {outputs['Stream']}")
