"""Whose portal it is, for templates that no page frames: letters by mail.

{% load province %}{% province as home %}{{ home.authority_short }}
"""

from django import template

import plan
from organisations.plan_in_force import law

register = template.Library()


@register.simple_tag
def province() -> plan.Province:
    """The province of the plan that this deployment serves."""
    found: plan.Province = law().province
    return found
