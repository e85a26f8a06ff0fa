// Does what its input says: sleeps, or fails in one of the ways in which programs in Go fail.
package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"time"
)

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	log.SetFlags(0)
	do(string(text))
}

func do(mood string) {
	switch mood {
	case "sleep":
		start := time.Now()
		time.Sleep(10 * time.Millisecond)
		fmt.Print("slept 10 ms: ", time.Since(start) >= 10*time.Millisecond)
	case "index":
		fmt.Print([]byte(mood)[len(mood)])
	case "map":
		var counts map[string]int
		counts[mood]++
	case "fatal":
		log.Fatal("no rule for this record")
	case "deadlock":
		<-make(chan bool)
	default:
		panic("no such mood: " + mood)
	}
}
