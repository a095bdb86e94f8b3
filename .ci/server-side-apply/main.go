// Shows with the API server's own merge code (sigs.k8s.io/structured-merge-diff) what becomes of the
// number of replicas when build/apply.sh adds deploy/autoscaling and takes it away again.
// main FIXED AUTOSCALED: the Deployment without and with that component, as YAML.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"sigs.k8s.io/structured-merge-diff/fieldpath"
	"sigs.k8s.io/structured-merge-diff/merge"
	"sigs.k8s.io/structured-merge-diff/typed"
	"sigs.k8s.io/structured-merge-diff/value"
)

// There is one version of a Deployment, so nothing is converted.
type oneVersion struct{}

func (oneVersion) Convert(object *typed.TypedValue, _ fieldpath.APIVersion) (*typed.TypedValue, error) {
	return object, nil
}
func (oneVersion) IsMissingVersionError(error) bool { return false }

type object struct {
	live     *typed.TypedValue
	managers fieldpath.ManagedFields
	updater  *merge.Updater
}

func newObject() *object {
	builder := merge.UpdaterBuilder{Converter: oneVersion{}}
	return &object{parse("{}"), fieldpath.ManagedFields{}, builder.BuildUpdater()}
}

func parse(yaml string) *typed.TypedValue {
	parsed, err := typed.DeducedParseableType.FromYAML(typed.YAMLObject(yaml))
	check(err)
	return parsed
}

func check(err error) {
	if err != nil {
		fmt.Println("FAIL:", err)
		os.Exit(1)
	}
}

// apply is kubectl apply --server-side --field-manager.
func (o *object) apply(manager, yaml string, force bool) error {
	live, managers, err := o.updater.Apply(o.live, parse(yaml), "v1", o.managers, manager, force)
	if err != nil {
		return err
	}
	if live != nil {
		o.live = live
	}
	o.managers = managers
	return nil
}

// spec is a copy of what is there.
func (o *object) spec() (all, spec map[string]interface{}) {
	text, err := value.ToJSON(o.live.AsValue())
	check(err)
	check(json.Unmarshal(text, &all))
	return all, all["spec"].(map[string]interface{})
}

// scale is what the autoscaler does.
func (o *object) scale(replicas int) {
	all, spec := o.spec()
	spec["replicas"] = replicas
	text, err := json.Marshal(all)
	check(err)
	const manager = "kube-controller-manager"
	o.live, o.managers, err = o.updater.Update(o.live, parse(string(text)), "v1", o.managers, manager)
	check(err)
}

// expect fails unless the field has this value; nil is none, which the API server makes 1.
func (o *object) expect(step string, replicas interface{}) {
	_, spec := o.spec()
	if fmt.Sprint(spec["replicas"]) != fmt.Sprint(replicas) {
		check(fmt.Errorf("%s: there are %v replicas, expected %v", step, spec["replicas"], replicas))
	}
	fmt.Printf("%v replicas: %s\n", spec["replicas"], step)
}

func main() {
	fixed, err := os.ReadFile(os.Args[1])
	check(err)
	autoscaled, err := os.ReadFile(os.Args[2])
	check(err)
	handOver := func(o *object, replicas int) error {
		return o.apply("served-by-autoscaling", fmt.Sprintf("{spec: {replicas: %d}}", replicas), false)
	}

	plain := newObject()
	check(plain.apply("kubectl", string(fixed), true))
	check(plain.apply("kubectl", string(autoscaled), true))
	plain.expect("what it is for: the field is only dropped", nil)

	o := newObject()
	check(o.apply("kubectl", string(fixed), true))
	check(handOver(o, 2))
	check(o.apply("kubectl", string(autoscaled), true))
	o.expect("handed over, then dropped", 2)
	o.scale(5)
	check(handOver(o, 5))
	check(o.apply("kubectl", string(autoscaled), true))
	o.expect("applied again after the autoscaler had set it", 5)
	if handOver(o, 4) == nil {
		check(fmt.Errorf("a number that is no longer true was taken"))
	}
	o.expect("a number that is no longer true is a conflict", 5)
	check(o.apply("kubectl", string(fixed), true))
	o.expect("the fixed number again", 2)
}
