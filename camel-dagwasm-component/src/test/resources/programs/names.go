// Sorts the names of a JSON object, and tells how many there are.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
)

type list struct {
	Names []string `json:"names"`
	Count int      `json:"count"`
}

func main() {
	var names list
	if err := json.NewDecoder(os.Stdin).Decode(&names); err != nil {
		fmt.Fprintln(os.Stderr, "names:", err)
		os.Exit(3)
	}
	sort.Strings(names.Names)
	names.Count = len(names.Names)
	if err := json.NewEncoder(os.Stdout).Encode(names); err != nil {
		panic(err)
	}
}
